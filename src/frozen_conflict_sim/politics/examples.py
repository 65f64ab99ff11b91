"""Keys that messages show as examples, so that what reads files names no quantity itself."""

PARAMETER = "parent.grievance"
CATEGORY = "parent.channels"
LEVER = "patron.policy: [swallow, salami]"
STATE = "parent.economy"
CONDITION = "parent.alienation > 0.8"
TIME_STEP = "play.time_step"
POLICIES = ("swallow", "salami", "status_quo")
NO_POLICY = "own_judgement"
