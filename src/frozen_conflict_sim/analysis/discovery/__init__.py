"""Scenario discovery: in which part of what is varied something happens, as boxes, as a tree, and in a sentence."""
