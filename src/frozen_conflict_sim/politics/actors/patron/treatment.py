"""What the patron may do about each territory."""

from ...roles import patron, territory

treatment = patron.decides(
    "treatment", "how it treats the territory", phase="patron", about=territory
)
hold = treatment.nothing("hold", "Leave things as they are.")
ask = treatment.option(
    "ask_for_deeper_integration",
    "Put the draft of a deeper treaty on the table.",
    act="patron_asks",
    one_per_turn=True,
)
raise_subsidy = treatment.option("raise_subsidy", "Pay more.", act="patron_raises_subsidy")
withhold_subsidy = treatment.option(
    "withhold_subsidy", "Hold back a part of the money.", act="patron_withholds"
)
back_a_candidate = treatment.option(
    "back_a_candidate", "Endorse a candidate in the coming vote.", act="patron_backs"
)


@treatment.open_when
def still_a_client(independent):
    """The territory is neither annexed nor settled."""
    return independent > 0.5
