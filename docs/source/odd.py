"""``docs/ODD.md``: an overview, then the model by the ODD protocol with ODD+D. All lists come from the declarations."""

from __future__ import annotations

import declared_things as things
import diagram
import overview
import submodels
from pages import filled

PARTS = {
    "actors": overview.actors,
    "number_of_clauses": overview.number_of_clauses,
    "phases": overview.phases,
    "rules_of_choice": overview.rules_of_choice,
    "class_names": overview.class_names,
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
    "aggregates": submodels.aggregates,
    "submodels": submodels.submodels,
    "unread_by_rules": submodels.unread_by_rules,
}


def pages() -> dict[str, str]:
    """The page and its diagram, by their paths under ``docs``."""
    return {"ODD.md": filled("ODD.md", PARTS), "pictures/overview.svg": diagram.svg()}
