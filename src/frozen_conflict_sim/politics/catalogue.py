"""All declarations of the politics: imports every file that declares something, in a fixed order.

Contributions to one quantity are added up in the order in which they are declared, so the order
below is part of the numbers. At the end everything is checked and sealed: a file of this package
that is not listed, a name that nothing declares and a name that is declared twice are errors.
A script or notebook adds rules of its own inside ``with declared.open():``.
"""

from importlib import import_module

from .phases import ORDER_OF_PLAY
from .roles import declared

POPULATION = ("residents", "factions", "strata")
ACTORS = (
    "patron.asking", "patron.prospects", "patron.paying", "patron.endorsing",
    "patron.toward_parent", "patron.at_the_line", "patron.on_a_bid",
    "elite.answer", "elite.hunger", "elite.initiative", "elite.bidding", "elite.inheritance",
    "elite.compliance", "elite.plea", "patron.on_a_plea",
    "parent.toward_patron", "parent.orientation", "parent.toward_territories", "parent.consent",
    "elite.consent", "west",
)  # fmt: skip
MECHANISMS = (
    "west.attention", "line.protection", "west.recognition",
    "treaties.bargaining", "treaties.ideals", "treaties.asks", "treaties.signature",
    "treaties.implementation", "treaties.lapses",
    "money.programme", "money.payment", "money.expectations", "money.supply",
    "office.opinion", "office.street", "office.legitimacy", "office.suppression",
    "office.parliament", "office.tenure", "office.ballot", "office.referendum",
    "treaties.annexation", "money.perks", "treaties.settlement",
    "parent.channels", "parent.alienation", "parent.learning", "parent.normalisation",
    "parent.alignment", "parent.public_opinion", "parent.elections",
    "parent.projects", "parent.engagement",
    "west.sanctions", "line.escalation", "line.aftermath",
)  # fmt: skip
MODULES = (
    *(f"population.{name}" for name in POPULATION),
    "rules_of_play",
    "state",
    "definitions",
    "examples",
    "wording",
    "dilemma",
    *(f"actors.{name}" for name in ACTORS),
    *(f"mechanisms.{name}" for name in MECHANISMS),
    "outcomes",
)

for name in MODULES:
    import_module(f".{name}", __package__)
declared.seal(__name__, besides=("outcomes",), phases=(phase.name for phase in ORDER_OF_PLAY))

__all__ = ["declared"]
