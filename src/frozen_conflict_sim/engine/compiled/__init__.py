"""The declared rules as machine code: traced from their one text, never written a second time."""
