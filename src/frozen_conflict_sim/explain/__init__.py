"""Explain the model: what is known about a parameter, from its declaration to the columns of the results."""
