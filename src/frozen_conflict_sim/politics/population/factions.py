"""Where factions come from: one mapping from the voters to positions and ideals.

A faction stands at a quantile of the voters, and its ideal depth in a clause falls with that
quantile, the more so the more the clause touches sovereignty. The same mapping holds everywhere.
"""

from __future__ import annotations

import numpy as np

from ...engine.declare.parameter import quantity
from ...engine.numerics import between, either, total
from ..roles import elite

elite.declares(
    leaders_offset=quantity(0.05, 0, 0.5, "depth",
        "How far single leaders stand from what their faction's voters want (standard deviation)."),
    boldest_ideal_depth=quantity(1.1, 1, 1.5, "depth",
        "The deepest ideal that a faction can have; above one it wants more than a treaty gives."),
)  # fmt: skip


@elite.procedure(
    phase="setup",
    gives={
        "faction_positions": "Where each faction stands: one less its voter quantile.",
        "faction_ideals": "The ideal depth of each faction in each clause.",
        "agreed_at_start": "How deep the treaties went at the start.",
    },
)
def found_factions(model):
    """Derive the factions' positions and ideals from the public, and fill in starting values."""
    world = model.world
    speak_for = world.values["voter_quantile"]
    quantile = np.stack(
        [
            population.quantiles("autonomy_mindedness", "voter", speak_for)
            for population in model.populations
        ],
        axis=1,
    )
    offset = (
        np.stack(
            [
                world.streams.normal(f"leader/{member}", 0, len(quantile))
                for member in world.members("territory")
            ],
            axis=1,
        )
        * world.values["leaders_offset"]
    )
    ideals = np.stack(
        [
            ideal_depth(touches, quantile, offset, world.values["boldest_ideal_depth"])
            for touches in world.values["clause_sovereignty"]
        ],
        axis=1,
    )
    values, factions = world.values, world.members("faction")
    in_office = np.array(
        [
            factions.index(world.categories["ruling", member])
            for member in world.members("territory")
        ],
        float,
    )[:, None]
    for name, follows in {
        "ruling_faction": in_office,
        "implemented": values["agreed"],
        "standing_subsidy": values["base_subsidy"],
        "subsidy_paid": values["base_subsidy"],
        "own_course": values["western_alignment"],
        "usual_alienation": values["alienation"],
    }.items():
        values[name] = np.where(np.isnan(values[name]), follows, values[name])
    values["scheduled"] = np.where(
        np.isnan(values["scheduled"]), values["implemented"], values["scheduled"]
    )
    values["subsidy_expected"] = np.where(
        np.isnan(values["subsidy_expected"]), values["subsidy_paid"], values["subsidy_expected"]
    )
    return {
        "faction_positions": 1.0 - quantile,
        "faction_ideals": ideals,
        "agreed_at_start": values["agreed"].copy(),
    }


def ideal_depth(clause_sovereignty, quantile, offset, boldest_ideal_depth):
    """A faction's ideal depth in a clause; where no sovereignty is touched nobody objects.

    >>> ideal_depth(0.5, 0.6, 0.0, 1.1), ideal_depth(0.0, 0.6, 0.1, 1.1)
    (0.7, 1.0)
    """
    return between(
        1.0 - clause_sovereignty * quantile + either(clause_sovereignty > 0.0, offset, 0.0),
        0.0,
        boldest_ideal_depth,
    )


@elite.derived("depth wanted", by="clause")
def ideal(faction_ideals, ruling_faction):
    """How deep the faction in office wants each clause to go.

    >>> ideal([0.3, 0.6, 0.9], 1.0)
    0.6
    """
    return total(
        [either(ruling_faction == index, depth, 0.0) for index, depth in enumerate(faction_ideals)]
    )
