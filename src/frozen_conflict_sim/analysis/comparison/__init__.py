"""Compare two sets of runs within pairs that use the same random numbers."""
