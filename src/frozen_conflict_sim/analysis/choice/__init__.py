"""Robust choice: policies on a frontier of several outcomes, criteria of choice without probabilities, replies, signposts."""
