"""``docs/ODD.md``: the model by the ODD protocol of 2020, with ODD+D; the prose by hand, the lists from the declarations."""

from __future__ import annotations

import declared_things as things
import submodels
from pages import filled

PARTS = {
    "roles": things.roles,
    "clauses": things.clauses,
    "state_variables": things.state_variables,
    "order_of_play": things.order_of_play,
    "choice_rules": things.choice_rules,
    "decisions": things.decisions,
    "incentives": things.incentives,
    "noises": things.noises,
    "outcomes": things.outcomes,
    "classes": things.classes,
    "gathered": submodels.aggregates,
    "submodels": submodels.submodels,
    "unread_by_rules": submodels.unread_by_rules,
}


def pages() -> dict[str, str]:
    """The page, by its path under ``docs``."""
    return {"ODD.md": filled("ODD.md", PARTS)}
