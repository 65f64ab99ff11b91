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
    measured_by="nothing: a choice of whoever models",
)
patron = Role(
    declared,
    "patron",
    "The state that keeps the territories, such as Moscow.",
    section="patron",
    naming="required",
    measured_by="interviews with officials, and the record of its other treaties",
)
west = Role(
    declared,
    "west",
    "The West as a whole, or whomever else the parents can turn to.",
    section="west",
    measured_by="statements, votes and budgets on record",
)
voice = Role(
    declared,
    "voice",
    "A voice of the West, such as NATO or the EU.",
    section="west.voices.{}",
    needed=True,
    measured_by="statements, votes and budgets on record",
)
parent = Role(
    declared,
    "parent",
    "A state from which territories broke away, such as Georgia: Tbilisi.",
    section="parents.{}",
    needed=True,
    measured_by="interviews with officials, and its answers to earlier treaties",
)
faction = Role(
    declared,
    "faction",
    "A current in every separatist elite.",
    section="factions.{}",
    needed=True,
    measured_by="programmes and votes of the faction",
)
territory = Role(
    declared,
    "territory",
    "A separatist territory.",
    section="territories.{}",
    inside=("parent",),
    needed=True,
    measured_by="budgets, trade figures and maps",
)
elite = Role(
    declared,
    "elite",
    "The ruling elite of a territory.",
    level="territory",
    section="territories.{}.elite",
    measured_by="interviews in the territory, and its answers to earlier asks",
)
public = Population(
    declared,
    "public",
    "The residents of a territory.",
    level="territory",
    section="territories.{}.public",
    measured_by="a survey of residents",
)
stratum = Role(
    declared,
    "stratum",
    "A part of a territory's public.",
    section="territories.{}.public.strata.{}",
    inside=("territory",),
    needed=True,
    measured_by="a survey of residents",
)
project = Role(
    declared,
    "project",
    "A joint undertaking that touches sovereignty.",
    section="projects.{}",
    inside=("territory", "parent"),
    measured_by="a feasibility study",
)

ACTORS = (patron, parent, elite, voice)  # who decides, and in whose chair a player may sit
