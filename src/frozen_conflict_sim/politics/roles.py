"""Who takes part: the roles, and where a scenario file keeps their values."""

from ..engine.declare.population import Population
from ..engine.declare.registry import Declarations
from ..engine.declare.role import Role

CLAUSES = ("foreign_policy", "defence", "borders", "law", "welfare", "citizenship_and_land")

FOREIGN_POLICY, DEFENCE, BORDERS, LAW, WELFARE, LAND = range(len(CLAUSES))

PARTNERS = ("patron", "parent", "others")

WITH_PATRON, WITH_PARENT, WITH_OTHERS = range(len(PARTNERS))

declared = Declarations(items={"clause": CLAUSES, "partner": PARTNERS})

play = Role(
    declared,
    "play",
    "How the play is played: choice rule, precision, what ends it.",
    section="play",
    naming="none",
)
patron = Role(
    declared,
    "patron",
    "The state that keeps the territories, such as Moscow.",
    section="patron",
    naming="required",
)
west = Role(
    declared,
    "west",
    "The West as a whole, or whomever else the parents can turn to.",
    section="west",
)
voice = Role(
    declared,
    "voice",
    "A voice of the West, such as NATO or the EU.",
    section="west.voices.{}",
    needed=True,
)
parent = Role(
    declared,
    "parent",
    "A state from which territories broke away, such as Georgia: Tbilisi.",
    section="parents.{}",
    needed=True,
)
faction = Role(
    declared, "faction", "A current in every separatist elite.", section="factions.{}", needed=True
)
territory = Role(
    declared,
    "territory",
    "A separatist territory.",
    section="territories.{}",
    inside=("parent",),
    needed=True,
)
elite = Role(
    declared,
    "elite",
    "The ruling elite of a territory.",
    level="territory",
    section="territories.{}.elite",
)
public = Population(
    declared,
    "public",
    "The residents of a territory.",
    level="territory",
    section="territories.{}.public",
)
stratum = Role(
    declared,
    "stratum",
    "A part of a territory's public.",
    section="territories.{}.public.strata.{}",
    inside=("territory",),
    needed=True,
)
project = Role(
    declared,
    "project",
    "A joint undertaking that touches sovereignty.",
    section="projects.{}",
    inside=("territory", "parent"),
)
