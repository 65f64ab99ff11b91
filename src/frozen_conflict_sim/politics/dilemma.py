"""The map of the dilemma: two strengths that no record settles, and what a policy does under them.

The more integration is resented the more it drives the parent state away; the more it is adjusted
to the more it binds. Between the two runs a line on which it does neither.
"""

ACROSS, UP = "parent.grievance", "parent.accommodation"
MAPPED = "western_alignment"  # of the parent states, at the end
AGAINST = "status_quo"  # the policy with which others are compared
COUPLING_OFF = {"parent.channels": "off"}  # nothing reaches the parent state by either
POSITIVE, NEGATIVE = "drives it west", "binds it"
