"""Events in a scenario file: their spec, the conditions under which they happen, and what was read as events of the horizon."""
