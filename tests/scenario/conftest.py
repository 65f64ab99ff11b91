"""A small politics with one of everything that a scenario file can hold, and a scenario of it."""

from pathlib import Path

import pytest

from frozen_conflict_sim.engine.declare.parameter import category, quantity, state
from frozen_conflict_sim.engine.declare.registry import Declarations
from frozen_conflict_sim.engine.declare.role import Role
from frozen_conflict_sim.scenario import InputError, load_scenario


def small_politics() -> Declarations:
    """Roles as in the real politics, a handful of quantities, one decision."""
    declared = Declarations(items={"clause": ("defence", "law")})
    play = Role(declared, "play", "How it is played.", section="play", naming="none")
    patron = Role(declared, "patron", "The patron.", section="patron", naming="required")
    Role(declared, "west", "The West.", section="west")
    voice = Role(declared, "voice", "A voice of the West.", section="west.voices.{}", needed=True)
    parent = Role(declared, "parent", "A parent state.", section="parents.{}", needed=True)
    faction = Role(declared, "faction", "A current.", section="factions.{}", needed=True)
    territory = Role(declared, "territory", "A territory.", section="territories.{}", inside=("parent",), needed=True)
    elite = Role(declared, "elite", "A ruling elite.", level="territory", section="territories.{}.elite")
    public = Role(declared, "public", "The residents.", level="territory", section="territories.{}.public")
    stratum = Role(
        declared,
        "stratum",
        "A part of a public.",
        section="territories.{}.public.strata.{}",
        inside=("territory",),
        needed=True,
    )
    Role(declared, "project", "A joint undertaking.", section="projects.{}", inside=("territory", "parent"))
    play.declares(
        precision=quantity(4.0, 0.0, 50.0, "1/utility", "How sharply options are distinguished."),
        rule=category("quantal_response", ("quantal_response", "best_response"), "How options are chosen."),
    )
    patron.declares(
        ask_cool_down=quantity(2, 0, 20, "turns", "Rest after a treaty."),
        asks=quantity({"defence": 0.6, "law": 0.4}, 0, 1, "index", "How deep it asks.", by="clause"),
        attention=state(1.0, 0, 1, "index", "What it can attend to."),
        policy=category("own_judgement", ("own_judgement",), "The mandate in force.", open_to="policies"),
    )
    patron.weighs("prestige", quantity(0.75, 0, 3, "utility", "What strength is worth.", grade="estimated"))
    voice.declares(sway=quantity(1.0, 0, 5, "index", "How much it counts."))
    parent.declares(
        grievance=quantity(0.5, 0, 2, "index", "How much a treaty hurts."),
        alienation=state(0.3, 0, 1, "index", "How far it is driven away."),
        economy=state(0.0, -1, 1, "index", "How the economy does."),
        channels=category("on", ("on", "off"), "Whether treaties reach it."),
    )
    parent.weighs("goodwill", quantity(1.0, 0, 3, "utility", "What goodwill is worth."))
    faction.declares(offset=quantity(0.0, -1, 1, "index", "The leader's own wish."))
    territory.declares(
        stake=quantity(0.5, 0, 1, "index", "What the patron has at stake."),
        agreed=state({"defence": 0.1, "law": 0.0}, 0, 1, "index", "What is agreed.", by="clause"),
    )
    elite.declares(ruling=category("autonomist", (), "Who is in office.", open_to="factions"))
    elite.decides("on_ask", "answers an ask", phase="elites").nothing("stall", "wait")
    public.declares(
        autonomy_minded_share=quantity(0.5, 0, 1, "share", "How many mind.", source="A survey.", grade="documented")
    )
    stratum.declares(share=quantity(0.5, 0, 1, "share", "How large it is."))
    decision = patron.decides("toward_territory", "deals with a territory", phase="patron", about=territory)
    decision.nothing("hold", "do nothing")
    decision.option("ask", "ask for more", act="asked")
    decision.option("raise_subsidy", "pay more", act="raised")
    return declared


GEORGIA = """\
title: Georgia, small
about: One of everything.
start: 2014-01
quarters: 40
patron:
  name: Moscow
  ask_cool_down: 3
  policy: salami
  incentives:
    prestige: {from: 0.2, to: 0.9}
west:
  name: The West
  voices:
    nato: {name: NATO, sway: 1.5}
    eu: {}
parents:
  georgia: {name: Tbilisi, grievance: 0.7}
parent:
  economy: {normal: [0.0, 0.1]}
  channels: on
factions:
  autonomist: {offset: -0.2}
  integrationist: {offset: 0.3}
territories:
  abkhazia:
    name: Abkhazia
    stake: {value: 0.6, source: "An article.", grade: documented, verified: true}
    agreed: {defence: 0.2, law: {from: 0.0, to: 0.1}}
    elite: {name: Sukhumi, ruling: autonomist}
    public:
      autonomy_minded_share: {lognormal: [0.4, 0.2], source: "A survey."}
      strata:
        abkhaz: {share: 0.5}
        armenian: {share: 0.2}
  south_ossetia:
    elite: {ruling: integrationist}
    public: {strata: {ossetian: {share: 0.9}}}
stratum:
  share: {from: 0.1, to: 0.2}
projects:
  railway: {name: The railway, territory: abkhazia}
policies:
  salami:
    description: Ask for little, often.
    patron: {asks: {law: 0.2}, ask_cool_down: {from: 1, to: 2}, forbidden: [toward_territory.raise_subsidy]}
  swallow:
    description: Ask for all at once.
    patron: {asks: {defence: 1.0, law: 1.0}, mandatory: [toward_territory.ask]}
    territories: {abkhazia: {stake: 0.9}}
events:
  - {at: 2015-01, name: recession, shock: {parent.economy: -0.3}, source: "The press.", grade: estimated}
  - {from: 2014-12, to: 2015-06, name: slide, trend: {parents.georgia.economy: -0.02}}
  - {hazard: 0.03, name: crisis, shock: {patron.attention: -0.4}, description: Trouble elsewhere.}
  - {when: "parents.georgia.alienation > 0.8", name: fury, once: true, shock: {territories.abkhazia.agreed.law: -0.1}}
"""


@pytest.fixture(scope="session")
def declared() -> Declarations:
    """The small politics."""
    return small_politics()


@pytest.fixture(scope="session")
def georgia() -> str:
    """The text of a scenario of it."""
    return GEORGIA


class Folder:
    """A folder with scenario files."""

    def __init__(self, path: Path, declared: Declarations):
        self.path, self.declared = path, declared
        self.write("georgia.yaml", GEORGIA)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def load(self, name: str = "georgia.yaml", overrides=None):
        """Load a file."""
        return load_scenario(self.path / name, overrides, declared=self.declared)

    def load_text(self, text: str | bytes):
        """Load a text as a file of its own."""
        self.write("scenario.yaml", text)
        return self.load("scenario.yaml")

    def problems(self, text: str | bytes) -> list[tuple[str, str, str]]:
        """The problems of a text, each as (``line:column``, key, message)."""
        with pytest.raises(InputError) as caught:
            self.load_text(text)
        return [(f"{problem.line}:{problem.column}", problem.key, problem.message) for problem in caught.value.problems]


@pytest.fixture
def folder(tmp_path, declared) -> Folder:
    """A folder that holds ``georgia.yaml``."""
    return Folder(tmp_path, declared)
