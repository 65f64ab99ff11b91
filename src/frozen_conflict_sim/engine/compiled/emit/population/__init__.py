"""Emitting the code of residents: births, updates, averages, quantiles and votes."""
