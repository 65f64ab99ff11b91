"""The patron state: Moscow in the shipped scenarios."""
