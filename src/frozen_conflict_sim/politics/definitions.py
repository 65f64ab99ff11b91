"""What counts as what when a run is judged: thresholds and windows of outcomes and classes.

No rule reads them: they decide what a course of events is called, never the course itself.
"""

from ..engine.declare.parameter import quantity
from .roles import play

play.declares(
    thaw_normalisation=quantity(0.65, 0, 1, "index",
        "Political normalisation at the end from which a run may be called a thaw."),
    thaw_alienation=quantity(0.30, 0, 1, "index",
        "Alienation at the end up to which a run may be called a thaw."),
    thaw_coercion=quantity(2.0, 0, 8, "quarters",
        "For how long the patron may have coerced at the line in a thaw."),
    thaw_window=quantity(8, 1, 40, "quarters",
        "For how long before the end the line must have been as quiet as that.", common=True),
    protest_counted_from=quantity(0.1, 0, 1, "share",
        "Share of the residents in the street from which a quarter counts as one of protests."),
    contest_window=quantity(8, 1, 40, "quarters",
        "How long after an ask what happens to it counts as contesting it.", common=True),
    bid_window=quantity(4, 1, 20, "quarters",
        "How long before a vote a bid counts as made before it.", common=True),
    put_aside_window=quantity(2, 1, 20, "quarters",
        "How long after a vote a bid counts as put aside by the successor.", common=True),
)  # fmt: skip
