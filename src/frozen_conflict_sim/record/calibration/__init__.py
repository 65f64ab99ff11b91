"""Fit uncertain values to patterns of the record: from one experiment's runs to the sets of values that are plausible."""
