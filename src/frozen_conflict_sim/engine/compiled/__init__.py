"""The rules of a turn as machine code: traced from their one text in Python, never written a second time."""
