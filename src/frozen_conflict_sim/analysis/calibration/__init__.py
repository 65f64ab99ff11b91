"""Fit uncertain values to the record: not one best point, but the sets that are as plausible as each other."""
