"""The engine for browsers: the code of programs as WebAssembly, and the memory with which they begin."""
