"""The speed of this engine compared with other frameworks, on the same work: ``python3 run.py bench``."""
