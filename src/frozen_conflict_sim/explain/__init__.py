"""Explain runs: why actors decided as they did, what moved a quantity, and what would have been without an act."""
