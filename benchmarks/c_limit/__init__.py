"""The residents' update by itself, in C and in this engine: a lower limit for the cost of that part."""
