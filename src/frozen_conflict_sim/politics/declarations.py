"""All declarations of the politics, gathered by importing every file in which something is declared."""

from importlib import import_module

from . import population, strata, world  # noqa: F401
from .roles import declared

ACTORS = (
    "patron.asking", "patron.prospects", "patron.paying", "patron.endorsing", "patron.toward_parent", "patron.at_the_line", "patron.on_a_bid",
    "elite.answer", "elite.hunger", "elite.initiative", "elite.bidding", "elite.inheritance",
    "parent.toward_patron", "parent.orientation", "parent.toward_territories", "parent.consent", "elite.consent", "west",
)  # fmt: skip
MECHANISMS = (
    "attention", "standing", "bargaining", "ideals", "asks", "signature", "carrying_out", "lapses", "depth",
    "programme", "payment", "expectations", "opinion", "street", "legitimacy", "voice", "office", "ballot",
    "referendum", "annexation", "perks", "settlement",
    "channels", "alienation", "learning", "normalisation", "course", "parents_public", "parents_votes", "projects",
    "engagement", "sanctions", "escalation",
)  # fmt: skip

for name in ACTORS:
    import_module(f".actors.{name}", __package__)
for name in MECHANISMS:
    import_module(f".mechanisms.{name}", __package__)

__all__ = ["declared"]
