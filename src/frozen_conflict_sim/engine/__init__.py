"""How things are computed: quantities, chance, decisions, contributions. Knows nothing of politics."""

from time import time

LOADED = time()  # when this process began to load the engine, before any rule
