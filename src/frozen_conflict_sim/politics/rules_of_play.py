"""How a run is played: rule of choice, precision, order, length of a turn, and what ends it."""

from ..engine.choice_rules import ALL_CHOICE_RULES
from ..engine.declare.parameter import category, quantity
from ..engine.time_step import MONTHS, USUAL
from .phases import AS_WRITTEN, ORDERS
from .roles import play

play.declares(
    choice_rule=category("quantal_response", tuple(ALL_CHOICE_RULES),
        "How every actor turns utilities into a move.", source="McKelvey and Palfrey 1995",
        structural=True),
    precision=quantity(15.0, 1, 200, "per utility",
        "How closely choices follow utilities among the considered options; its inverse is the "
        "scale of choice noise."),
    loss_aversion=quantity(2.25, 1, 4, "ratio",
        "How much larger than a gain a loss of the same size looms, under prospect theory.",
        source="Tversky and Kahneman 1992, median of 25 subjects", grade="estimated"),
    diminishing_sensitivity=quantity(0.88, 0.4, 1, "exponent",
        "How little the value of gains and losses flattens as they grow, under prospect theory; "
        "one is not at all.", source="Tversky and Kahneman 1992, median of 25 subjects",
        grade="estimated"),
    aspiration=quantity(0.05, 0.001, 1, "utility",
        "The gain over doing nothing that is good enough, under satisficing."),
    residents_precision=category("single", ("single", "double"),
        "How exactly residents are reckoned; in single precision twice as many fit into the same "
        "memory.", structural=True),
    phase_order=category(AS_WRITTEN, ORDERS,
        "The order of play: as written, or with two neighbouring phases swapped.",
        structural=True),
    time_step=category(USUAL, tuple(MONTHS),
        "How long a turn is. The horizon, dates, and all that is given by the quarter keep their "
        "calendar time.", structural=True),
    after_war=category("ends_the_run", ("ends_the_run", "goes_on"),
        "Whether a war is the end of a run."),
)  # fmt: skip
