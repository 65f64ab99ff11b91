"""Explanations as text of at most 80 columns, and as HTML for notebooks."""
