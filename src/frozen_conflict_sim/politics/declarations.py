"""All declarations of the politics, gathered by importing every file in which something is declared."""

from importlib import import_module

from . import population, world  # noqa: F401
from .roles import declared

ACTORS = (
    "patron.territories", "patron.toward_parent", "patron.at_the_line", "patron.on_a_bid",
    "elite.answer", "elite.initiative", "elite.inheritance",
    "parent.toward_patron", "parent.toward_territories", "parent.consent", "elite.consent", "west",
)  # fmt: skip
MECHANISMS = (
    "attention", "treaty", "money", "opinion", "street", "legitimacy", "voice", "ballot", "referendum",
    "alienation", "tracks", "engagement", "sanctions", "escalation",
)  # fmt: skip

for name in ACTORS:
    import_module(f".actors.{name}", __package__)
for name in MECHANISMS:
    import_module(f".mechanisms.{name}", __package__)

__all__ = ["declared"]
