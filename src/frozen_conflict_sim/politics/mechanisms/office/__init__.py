"""Office: what residents think, the street, the ballot, and who holds office."""
