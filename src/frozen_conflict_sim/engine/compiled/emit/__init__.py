"""Emitting the code of a turn, step by step, in the order of the schedule."""
