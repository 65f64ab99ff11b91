"""The limit: what a residents' update costs where nothing but that is done, in C and in this engine."""
