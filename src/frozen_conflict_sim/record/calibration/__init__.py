"""Calibration: fit uncertain parameter values to patterns of the record, from the runs of one experiment."""
