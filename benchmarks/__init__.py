"""The speed of this engine and of the frameworks that a user might choose instead, on the same work: ``python3 run.py bench``."""
