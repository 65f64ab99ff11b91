"""YAML files with positions: a parser, specs that check what was read and give its JSON Schema, and the problems found."""
