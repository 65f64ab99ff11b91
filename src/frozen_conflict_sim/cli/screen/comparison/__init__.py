"""Tables that compare: results with each other, levers within a study, what the difference is due to."""
