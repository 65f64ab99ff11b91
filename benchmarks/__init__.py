"""How fast this engine is beside what a user would pick instead, on the same work: ``python3 run.py bench``."""
