"""The commands: one a file, called like the file."""
