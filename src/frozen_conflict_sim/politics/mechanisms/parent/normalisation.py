"""Two tracks between patron and parent: relations that both want, and trade, the patron's switch.

Reference: @dewaal2015: normalisation “scored some successes in the last two years” and “is
impossible as long as Moscow continues to strengthen its grip”.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, at_most, either
from ...roles import parent, play

play.declares(
    saturation_midpoint=quantity(0.5, 0.1, 1, "index",
        "The room at which a saturating response equals an even one."),
)  # fmt: skip


@parent.derived("index",
    suspicion_by_integration=quantity(6.0, 0, 20, "ratio",
        "How suspicious recent integration makes the parent at grievance one."),
    suspicion_eased_by_adjustment=quantity(0.3, 0, 2, "ratio",
        "How much of suspicion adjusting to facts eases, relative to what grievance adds."),
)  # fmt: skip
def suspicion(
    grievance_at_work,
    accommodation_at_work,
    recent_integration,
    suspicion_by_integration,
    suspicion_eased_by_adjustment,
):
    """A patron that tightens its grip is not believed, unless the parent rather adjusts to facts.

    >>> round(suspicion(1.0, 0.5, 0.1, 4.0, 0.5), 2), suspicion(0.2, 1.0, 0.1, 4.0, 0.5)
    (0.3, 0.0)
    """
    resented = grievance_at_work - suspicion_eased_by_adjustment * accommodation_at_work
    return at_most(suspicion_by_integration * at_least(resented, 0.0) * recent_integration, 1.0)


@parent.changes("political_normalisation", phase="world",
    political_normalisation_gain_by_talks=quantity(0.06, 0, 0.5, "per quarter",
        "How much of what is missing talks restore in a quarter in which both sides want them."),
)  # fmt: skip
def talks_lead_somewhere(
    patron_talks,
    parent_normalises,
    suspicion,
    political_normalisation,
    political_normalisation_gain_by_talks,
):
    """Relations improve only where both sides talk and the parent is not suspicious.

    >>> round(talks_lead_somewhere(1.0, 1.0, 0.0, 0.5, 0.1), 3)
    0.05
    """
    return (
        political_normalisation_gain_by_talks
        * patron_talks
        * parent_normalises
        * (1.0 - suspicion)
        * (1.0 - political_normalisation)
    )


@parent.changes("political_normalisation", phase="world",
    political_normalisation_loss_by_suspicion=quantity(0.15, 0, 1, "per quarter",
        "How much of relations full suspicion spoils in a quarter."),
)  # fmt: skip
def grip_spoils_relations(
    suspicion, political_normalisation, political_normalisation_loss_by_suspicion
):
    """While the grip tightens relations go backward.

    >>> grip_spoils_relations(1.0, 0.5, 0.2)
    -0.1
    """
    return -political_normalisation_loss_by_suspicion * suspicion * political_normalisation


@parent.changes("political_normalisation", phase="world",
    political_normalisation_decay_rate=quantity(0.012, 0, 0.2, "per quarter",
        "How fast relations wear by neglect."),
)  # fmt: skip
def relations_wear(political_normalisation, political_normalisation_decay_rate):
    """Relations wear by neglect.

    >>> round(relations_wear(0.5, 0.02), 3)
    -0.01
    """
    return -political_normalisation_decay_rate * political_normalisation


@parent.changes("political_normalisation", phase="world",
    political_normalisation_loss_by_denunciation=quantity(0.10, 0, 1, "per quarter",
        "How much of relations a denunciation costs."),
)  # fmt: skip
def words_cost(
    parent_denounces, political_normalisation, political_normalisation_loss_by_denunciation
):
    """A denunciation breaks off talks.

    >>> words_cost(1.0, 0.5, 0.1)
    -0.05
    """
    return (
        -political_normalisation_loss_by_denunciation * parent_denounces * political_normalisation
    )


@parent.changes("political_normalisation", phase="world",
    political_normalisation_loss_by_coercion=quantity(0.02, 0, 0.5, "per quarter",
        "How much of relations pressure at the line costs."),
)  # fmt: skip
def pressure_wears(
    patron_coerces, political_normalisation, political_normalisation_loss_by_coercion
):
    """Pressure at the line wears relations.

    >>> pressure_wears(1.0, 0.5, 0.02)
    -0.01
    """
    return -political_normalisation_loss_by_coercion * patron_coerces * political_normalisation


@parent.changes("trade_and_travel", phase="world",
    trade_gain_by_opening=quantity(0.10, 0, 0.5, "per quarter",
        "How much of what is missing an opening by the patron restores in a quarter."),
    trade_gain_when_received_coldly=quantity(0.5, 0, 1, "share",
        "How much of that comes about where the parent receives the patron coldly."),
)  # fmt: skip
def opening_answered(
    patron_opens_trade,
    reception_of_patron,
    trade_and_travel,
    trade_gain_by_opening,
    trade_gain_when_received_coldly,
):
    """Trade recovers when the patron lifts its bans, most when the parent walks through the door.

    >>> round(opening_answered(1.0, 1.0, 0.5, 0.1, 0.5), 3)
    0.05
    """
    met = (
        trade_gain_when_received_coldly
        + (1.0 - trade_gain_when_received_coldly) * reception_of_patron
    )
    return trade_gain_by_opening * patron_opens_trade * met * (1.0 - trade_and_travel)


@parent.changes("trade_and_travel", phase="world",
    trade_loss_by_embargo=quantity(0.28, 0, 1, "per quarter",
        "What an embargo costs trade and travel."),
    embargo_loss_regardless_of_trade=quantity(0.5, 0, 1, "share",
        "Share of that which an embargo costs however little trade there is."),
)  # fmt: skip
def embargo_bites(
    patron_embargoes, trade_loss_by_embargo, embargo_loss_regardless_of_trade, trade_and_travel
):
    """An embargo undoes years of trade.

    >>> round(embargo_bites(1.0, 0.28, 0.5, 0.5), 2)
    -0.21
    """
    return (
        -trade_loss_by_embargo
        * patron_embargoes
        * (
            embargo_loss_regardless_of_trade
            + (1.0 - embargo_loss_regardless_of_trade) * trade_and_travel
        )
    )


@parent.changes("trade_and_travel", phase="world",
    usual_trade_and_travel=quantity(0.45, 0, 1, "index",
        "Trade and travel to which habit and markets return without an act of either side."),
    trade_reversion_rate=quantity(0.05, 0, 0.5, "per quarter", "How fast they do."),
)  # fmt: skip
def markets_return(trade_and_travel, usual_trade_and_travel, trade_reversion_rate):
    """Left alone, trade returns to what distance and habit make of it.

    >>> round(markets_return(0.65, 0.45, 0.05), 3)
    -0.01
    """
    return trade_reversion_rate * (usual_trade_and_travel - trade_and_travel)


@parent.changes("trade_and_travel", phase="world",
    trade_gain_by_corridor=quantity(0.02, 0, 0.3, "per quarter",
        "How much of what is missing an open corridor restores."),
)  # fmt: skip
def trains_run(open_projects, trade_and_travel, trade_gain_by_corridor):
    """An open corridor is trade.

    >>> trains_run(1.0, 0.5, 0.02)
    0.01
    """
    return trade_gain_by_corridor * open_projects * (1.0 - trade_and_travel)


@parent.changes("reception_of_patron", phase="world",
    reception_adjustment_rate=quantity(0.3, 0, 1, "per quarter",
        "How fast the last reception gives way to the next."),
    neutral_reception=quantity(0.5, 0, 1, "index",
        "How a parent receives the patron that neither seeks talks nor denounces it."),
)  # fmt: skip
def reception_remembered(
    parent_normalises,
    parent_denounces,
    reception_of_patron,
    reception_adjustment_rate,
    neutral_reception,
):
    """How the patron is received is remembered for about a year.

    >>> round(reception_remembered(1.0, 0.0, 0.5, 0.3, 0.5), 2)
    0.15
    """
    cool = either(parent_denounces > 0.5, 0.0, neutral_reception)
    latest = either(parent_normalises > 0.5, 1.0, cool)
    return reception_adjustment_rate * (latest - reception_of_patron)


@parent.changes("recent_concessions", phase="world",
    concessions_adjustment_rate=quantity(0.25, 0, 1, "per quarter",
        "How fast the memory of concessions takes in the latest acts."),
)  # fmt: skip
def concessions_counted(
    parent_normalises, parent_engages_somewhere, recent_concessions, concessions_adjustment_rate
):
    """Gestures to the patron and hands held out count as concessions in the parent's own eyes.

    >>> concessions_counted(1.0, 0.0, 0.0, 0.25)
    0.25
    """
    return concessions_adjustment_rate * (
        at_most(parent_normalises + parent_engages_somewhere, 1.0) - recent_concessions
    )


parent.aggregates(
    "parent_engages_somewhere",
    of="parent_engages",
    how="largest",
    meaning="Whether the parent engages a territory this turn.",
)
