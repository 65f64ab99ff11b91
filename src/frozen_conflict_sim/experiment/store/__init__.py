"""The results folder: manifest, parts with their records, data dictionary; how it is written, read, verified and reused."""
