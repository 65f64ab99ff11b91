"""Outcomes and classes as compiled code, from tables of all runs and turns or from the records of a block."""
