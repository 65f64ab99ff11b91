"""``docs/reference/scenarios.md`` and ``experiments.md``: every key of both kinds of files, from the specs that check them."""

from __future__ import annotations

from pathlib import Path

from pages import code, filled, first_sentence, table

from frozen_conflict_sim.engine.declare.parameter import quantity
from frozen_conflict_sim.experiment.designs import ALIASES, KINDS
from frozen_conflict_sim.experiment.load.arms import Comparison
from frozen_conflict_sim.experiment.load.design import DesignSection
from frozen_conflict_sim.experiment.load.keys import DottedMap
from frozen_conflict_sim.experiment.load.names import ALL, Names
from frozen_conflict_sim.experiment.load.replicates import FORM, UNTIL, Replicates, Width
from frozen_conflict_sim.experiment.load.search import CandidatePolicies, Objectives, SearchSection
from frozen_conflict_sim.experiment.load.sections import Unchecked, sections
from frozen_conflict_sim.experiment.load.uncertainties import BY_GRADE, FROM_POSTERIOR, GRADES, PATH, Uncertainties
from frozen_conflict_sim.experiment.load.values import LeverValues
from frozen_conflict_sim.files.json_schema import sentence
from frozen_conflict_sim.files.numbers import Choices, DateNumber, FlagNumber, Number, Pair, Whole
from frozen_conflict_sim.files.section import Section
from frozen_conflict_sim.files.specs import Date, Flag, OneOf, Shared, Spec, Text, Texts
from frozen_conflict_sim.references import with_names
from frozen_conflict_sim.scenario.events.spec import EventList, Shock
from frozen_conflict_sim.scenario.policies import MandateList
from frozen_conflict_sim.scenario.quantities import QuantitySpec
from frozen_conflict_sim.scenario.schema import Schema, declarations

FORMS = {
    Texts: "a text, or a list of texts",
    Text: "a text",
    Flag: "true or false",
    FlagNumber: "true or false",
    Date: "a date",
    DateNumber: "a date",
    Section: "a map",
    EventList: "a list of maps",
    Shock: "a map from keys of states to changes",
    DottedMap: "a map by dotted key",
    Uncertainties: "a map by dotted key",
    DesignSection: "a map",
    Comparison: "a map by dotted key, or several by name",
    Replicates: "a number, or a map",
    Width: "a number above 0",
    SearchSection: "a map",
    Objectives: "a map from outcomes to `higher`, `lower`, or `{better: …, enough: …}`",
    CandidatePolicies: "a map of policies by name",
}
HEADINGS = ("key", "what it is", "form")


def pages() -> dict[str, str]:
    """The pages, by their path under ``docs``."""
    return {
        "reference/scenarios.md": filled("scenarios.md", {
            "keys": scenario_keys, "values": of_a_value, "events": of_an_event, "mandates": of_a_mandate, "options": options,
        }),
        "reference/experiments.md": filled("experiments.md", {
            "keys": experiment_keys, "designs": designs, "options": design_options, "replicates": replicates,
            "levels": levels, "uncertainties": uncertainties, "search": search,
        }),
    }  # fmt: skip


def root() -> Section:
    """The spec of a scenario."""
    return declarations().cached(Schema).root


def scenario_keys() -> str:
    """The sections and keys of a scenario, those of the members of a role in a row."""
    rows = []
    for name, spec in root().keys.items():
        role = declarations().roles.get(name)
        form = "a map, for all of them" if role and role.many else form_of(spec)
        form = f"a map by name, each {spec.noun}" if isinstance(spec, Section) and spec.each else form
        rows.append([code(name), described(spec), form])
    return table(HEADINGS, rows)


def of_a_value() -> str:
    """The forms of a value, and its evidence."""
    return keys_of(QuantitySpec(quantity(None, 0, 1, "index", "A value.")).form, bounds=False)


def of_an_event() -> str:
    """The keys of an event."""
    return keys_of(root().keys["events"].entry)


def of_a_mandate() -> str:
    """The keys of an entry of ``forbidden`` or ``mandatory``."""
    return keys_of(MandateList((), "").entry)


def options() -> str:
    """The options of all actors that a policy can mandate."""
    rows = []
    for decision in declarations().decisions.values():
        about = decision.about.level
        words = (code(f"{decision.name}.{option.name}") for option in decision.options if not option.nothing)
        rows.append([code(decision.role.name), decision.meaning, about, ", ".join(words)])
    return table(["actor", "decides", "about each", "options"], rows)


def experiment_keys() -> str:
    """The keys of an experiment."""
    return keys_of(sections(None, Path()))


def designs() -> str:
    """The kinds of designs, with their options and defaults."""
    others = {kind: word for word, kind in ALIASES.items()}
    rows = []
    for name, kind in KINDS.items():
        called = code(name) + (f" or {code(others[name])}" if name in others else "")
        taken = [f"{code(word)} ({default_of(kind, word)})" for word in kind.takes]
        rows.append([called, with_names(first_sentence(kind.about)), ", ".join(taken) or "–"])
    return table(["kind", "what it lays out", "options (default)"], rows)


def default_of(kind, option: str) -> str:
    """The default of an option of a design."""
    if option in kind.needs:
        return "needed"
    default = kind.defaults[option]
    return str(default).lower() if isinstance(default, bool) else str(default)


def design_options() -> str:
    """The options of designs."""
    known = DesignSection(None, Path())._known("list") | {"points": DesignSection(None, Path())._known("grid")["points"]}
    rows = [[code(name), described(spec), form_of(spec)] for name, spec in known.items()]
    rows[0][2] += "; in a design of the kind `list` the points themselves"
    return table(HEADINGS, rows)


def replicates() -> str:
    """The keys of a rule for adding replicates."""
    rows = [[code(name), described(spec), form_of(spec)] for name, spec in FORM.items()]
    rows += [[code(f"until.{name}"), described(spec), form_of(spec)] for name, spec in UNTIL.items()]
    return table(HEADINGS, rows)


def levels() -> str:
    """How many values a range may get."""
    return f"{LeverValues.levels.low} to {LeverValues.levels.high:,}"


def uncertainties() -> str:
    """The keys beside distributions."""
    rows = [[code(name), described(spec), form] for name, spec, form in (
        (FROM_POSTERIOR, PATH, "a text"), (BY_GRADE, GRADES, "a map from grades to shares"),
    )]  # fmt: skip
    return table(HEADINGS, rows)


def search() -> str:
    """The keys of the section ``search``."""
    return keys_of(SearchSection([]).section)


def keys_of(section: Section, bounds: bool = True) -> str:
    """The keys of a map; those that must be there are marked."""
    rows = [
        [code(name), described(spec) + (" Needed." if name in section.needs else ""), form_of(spec, bounds)]
        for name, spec in section.keys.items()
    ]
    return table(HEADINGS, rows)


def described(spec: Spec) -> str:
    """The description of a spec, as a sentence."""
    return sentence(spec.description)


def form_of(spec: Spec, bounds: bool = True) -> str:
    """What a file writes there, in words."""
    spec = spec.spec if isinstance(spec, Shared | Unchecked) else spec
    match spec:
        case None:
            return "a file, a shipped name, or a map"
        case Names():
            return "a list of names" + (f", or {code(ALL)}" if spec.all_allowed else "")
        case Whole():
            return f"a whole number, {spec.low:,} to {spec.high:,} ({spec.unit})"
        case Number():
            return f"a number, {spec.low:g} to {spec.high:g} ({spec.unit})" if bounds else "a number"
        case Pair():
            return f"two numbers, [{spec.middle.description}, {spec.spread.description}]"
        case Choices():
            return "a list of numbers"
        case OneOf():
            return f"one of {', '.join(map(code, spec.options))}" if spec.options else "a word"
        case QuantitySpec():
            return f"{form_of(spec.number)}, or a distribution"
    return FORMS[type(spec)]
