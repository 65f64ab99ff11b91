"""What is right but may not be meant: parts that do not add up to one, facts that nobody gave, shocks that change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..engine.declare.role import Declarations
from ..engine.setting import Event, Setting, Value
from .addresses import Address

Members = Mapping[str, tuple[str, ...]]
Values = Mapping[Address, Value]


NEAR = 0.02
RESIDENTS = "it is what residents add up to; move what they answer to, such as tension, recognition or standing_subsidy"
SET_BY_THE_PLAY = {
    **dict.fromkeys(("mean_support", "accession_share", "mean_autonomy_mindedness", "dissatisfied_share"), RESIDENTS),
    "at_war": "war breaks out by itself; move tension, alienation or patron.recent_force",
    "fresh_signature": "it is what was signed in a turn; move agreed",
    "fresh_implementation": "it is what was carried out in a turn; move implemented",
}
# What is another matter in every conflict. Their defaults are those of the Georgian conflict or a middle, and seldom another's.
FACTS = {
    "patron": ("asks",),
    "parent": (
        "alienation", "western_alignment", "public_opinion", "usual_public_opinion", "normalisation", "tension", "usual_tension",
        "western_support", "parent_term", "quarters_to_vote",
    ),
    "territory": (
        "stake", "salience", "coercion", "de_facto_control", "bases", "recognition", "recognisers", "dependence", "population",
        "base_subsidy", "parity_price", "agreed",
    ),
    "elite": ("elite_term", "elite_quarters_to_vote"),
    "stratum": ("share", "prefers_accession"),
}  # fmt: skip


def left_open(declared: Declarations, scenario: Setting) -> list[str]:
    """Facts that a scenario leaves at their defaults: a line for each member of whom there are any."""
    given = {address[:3] for address in scenario.values}
    lacking: dict[str, list[str]] = {}
    for role, facts in FACTS.items():
        known = [fact for fact in facts if fact in declared.quantities]
        for member in scenario.entities[declared.roles[role].level]:
            open_ones = [_told(declared, fact) for fact in known if (role, member, fact) not in given]
            lacking.setdefault(scenario.names.get(member, member), []).extend(open_ones)
    return [f"{called}: {', '.join(open_ones)}" for called, open_ones in lacking.items() if open_ones]


def _told(declared: Declarations, fact: str) -> str:
    default = declared.quantities[fact].default
    return fact if default is None or isinstance(default, dict) else f"{fact} {default:g}"


def parts_and_wholes(declared: Declarations, entities: Members, values: Values) -> Iterator[str]:
    """Parts that are fixed and add up to something else than one, and what becomes of that."""
    for territory in entities["territory"]:
        strata = [name for name in entities["stratum"] if name.startswith(f"{territory}.")]
        if (added := _unlike_one(declared, values, "stratum", "share", strata)) is not None:
            yield f"the shares of the strata of {territory} add up to {added:g}; each is taken as a part of that"
    if (added := _unlike_one(declared, values, "voice", "influence", entities["voice"])) is not None:
        yield f"the influence of the voices adds up to {added:g} and not to 1: what the West does weighs as much more or less"


def empty_publics(declared: Declarations, entities: Members, values: Values) -> Iterator[str]:
    """Territories all of whose strata have a share of nothing."""
    for territory in entities["territory"]:
        strata = [name for name in entities["stratum"] if name.startswith(f"{territory}.")]
        if strata and _unlike_one(declared, values, "stratum", "share", strata) == 0.0:
            yield territory


def bereft_of_nothing(entities: Members, parent_of: Iterable[int]) -> Iterator[str]:
    """Parents from which no territory broke away."""
    has_lost = set(parent_of)
    for number, parent in enumerate(entities["parent"]):
        if number not in has_lost:
            yield f"no territory has {parent} as its parent; what happens in the others reaches it from afar only"


def shocks_in_vain(events: Iterable[Event]) -> Iterator[str]:
    """Events that move what the play itself sets anew before anybody sees it."""
    for event in events:
        for _, member, quantity, _ in event.shock:
            if instead := SET_BY_THE_PLAY.get(quantity):
                yield f"the event {event.name!r} moves {quantity} of {member}, which the play sets anew: {instead}"


def _unlike_one(declared: Declarations, values: Values, role: str, quantity: str, members: Iterable[str]) -> float | None:
    if quantity not in declared.quantities:
        return None
    given = [values.get((role, member, quantity, "")) for member in members]
    if any(value is not None and value.law != "fixed" for value in given):
        return None
    default = declared.quantities[quantity].default
    added = round(sum(default if value is None else value.fixed for value in given), 6)
    return None if abs(added - 1.0) <= NEAR else added
