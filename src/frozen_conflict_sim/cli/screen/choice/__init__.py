"""Tables of choices, motives, turning points, values of information and experts."""
