"""The explorer: a page on which values are moved and the runs follow at once."""
