"""Compiling code and running it: the cache of machine code, programs, and the executor of one ensemble."""
