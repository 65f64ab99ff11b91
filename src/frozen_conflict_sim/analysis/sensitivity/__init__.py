"""Sensitivity analysis: what the variance, or the change, of an outcome is due to."""
