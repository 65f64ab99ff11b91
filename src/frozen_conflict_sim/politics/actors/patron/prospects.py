"""What the patron can expect of a treaty: show, control, a bill, and how soon.

Reference: @dewaal2015: full control since 2008, so what does a treaty add?
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, at_most, average, total
from ....engine.time_step import quarters
from ...roles import WELFARE, patron, territory
from ...state import clauses

FARTHEST = 20  # quarters: as far ahead as a patron can look


@territory.derived("index",
    prestige_half_saturation=quantity(0.1, 0.01, 1, "depth",
        "The deepening at which a new step has half its full show."),
)  # fmt: skip
def show(deepening, prestige_half_saturation):
    """How much of a show a deepening makes: the first step counts most.

    >>> round(show(0.3, 0.1), 2)
    0.75
    """
    return deepening / (deepening + prestige_half_saturation)


@territory.derived("index",
    de_facto_reach=quantity(clauses(1, 1, 0.9, 0.5, 1, 0.2), 0, 1, "share",
        "How far de facto control reaches into a clause.", by="clause"),
    strategic_clause=quantity(clauses(1, 1, 1, 1, 0, 1), 0, 1, "index",
        "Whether depth in a clause is control at all; welfare only costs.", by="clause"),
)  # fmt: skip
def control_gained(
    settled_depth, agreed, de_facto_control, de_facto_reach, strategic_clause, foreseen_share
):
    """What a treaty adds to the control that the patron has anyway, as far as it looks ahead.

    >>> round(control_gained([1.0, 0.9], [0.4, 0.6], 0.8, [1.0, 1.0], [1.0, 0.0], [0.5, 0.5]), 3)
    0.05
    """
    held = [at_least(have, de_facto_control * reach) for have, reach in zip(agreed, de_facto_reach)]
    gains = [at_least(depth - have, 0.0) for depth, have in zip(settled_depth, held)]
    return average(
        [
            gain * counts * ahead
            for gain, counts, ahead in zip(gains, strategic_clause, foreseen_share)
        ]
    )


patron.declares(
    foresight=quantity(8, 0, FARTHEST, "quarters", "How far ahead the patron looks."),
    discount_factor=quantity(0.95, 0.5, 1, "factor per quarter",
        "What the next quarter counts relative to this one."),
    signature_share_foreseen=quantity(0.5, 0, 1, "share",
        "How much of a treaty the patron expects to reach the parent by the signature alone."),
)  # fmt: skip


@territory.derived("share", by="clause")
def foreseen_share(implementation_rate, foresight, discount_factor, time_step):
    """How much of a deepening is carried out within the patron's foresight, discounted.

    >>> round(foreseen_share(0.5, 2, 1.0, "quarter"), 3)
    0.625
    >>> round(foreseen_share(0.5, 2, 0.5, "quarter"), 3)
    0.583
    """
    carried_out, weight, left, counts = (
        implementation_rate * 0.0,
        implementation_rate * 0.0,
        implementation_rate * 0.0 + 1.0,
        1.0,
    )
    ahead = foresight / quarters(time_step)
    for later in range(1, round(FARTHEST / quarters(time_step)) + 1):
        left = left * (1.0 - implementation_rate)
        seen = counts * at_most(at_least(ahead - later + 1.0, 0.0), 1.0)
        weight = weight + seen
        carried_out = carried_out + seen * (1.0 - left)
        counts = counts * discount_factor
    return carried_out / at_least(weight, 1.0)


@territory.derived("share")
def foreseen_carrying_out(foreseen_share, signature_share_foreseen):
    """How much of a treaty reaches the parent: by signature, and as far as it is carried out.

    >>> foreseen_carrying_out([0.5, 0.7], 0.5)
    0.8
    """
    return signature_share_foreseen + (1.0 - signature_share_foreseen) * average(foreseen_share)


@territory.derived("billion USD a year")
def parity_bill(population, base_subsidy, programme_size):
    """What wages and pensions at the neighbouring region's level cost, as a signature commits it.

    >>> round(parity_bill(240.7, 840, 1.6), 2)
    0.32
    """
    return programme_size * base_subsidy * population / 1e6


@territory.derived("depth")
def welfare_step(settled_depth, agreed):
    """How far wages and pensions would rise toward parity.

    >>> round(welfare_step([0.5, 0.5, 0.5, 0.5, 0.67, 0.5], [0.1, 0.1, 0.1, 0.1, 0.3, 0.1]), 2)
    0.37
    """
    return at_least(settled_depth[WELFARE] - agreed[WELFARE], 0.0)


@territory.derived("depth")
def to_be_gained(draft, agreed):
    """How much deeper the draft goes than what is agreed, over all clauses.

    >>> round(to_be_gained([1.0, 0.8], [0.5, 0.5]), 2)
    0.4
    """
    return total([goal - have for goal, have in zip(draft, agreed)]) / len(agreed)
