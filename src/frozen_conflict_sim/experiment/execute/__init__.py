"""Execution of a study: its tasks, the simulation of one, the processes that play them, and when to stop."""
