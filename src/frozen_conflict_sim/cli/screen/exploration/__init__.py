"""Tables of contrasts, maps, boxes and paths."""
