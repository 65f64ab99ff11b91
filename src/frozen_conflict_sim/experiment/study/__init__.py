"""Studies: an experiment laid out as numbered runs, and how it grows without renumbering any."""
