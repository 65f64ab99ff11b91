"""The layout of memory: fields in buffers, and runs in blocks."""
