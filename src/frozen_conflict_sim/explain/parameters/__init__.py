"""Explain a parameter, from its declaration to the columns of the results."""
