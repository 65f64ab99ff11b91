"""Experiments: files that ask a question, their layout as numbered runs, the processes that play them, the stored results."""
