"""JSON Schema of experiment files, for editors. It speaks of any scenario; ``check`` knows the one that a file names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...engine.declare.parameter import Category, Quantity
from ...files.json_schema import defined, document, keyed, sentence
from ...files.section import NAME, Section
from ...model.columns import KEY_DECISIONS, KEY_TRAJECTORIES
from ...politics.catalogue import declared
from ...politics.outcomes import OUTCOMES
from ...scenario.addresses import patterns
from ...scenario.quantities import QuantitySpec, annotations
from ..designs import ALIASES, KINDS
from ..designs.listed import COMMON, INDEPENDENT
from ..designs.saltelli import BY_GRADE as EACH_GRADE
from ..designs.saltelli import ONE_BY_ONE
from .by_grade import BY_GRADE
from .by_grade import SPEC as GRADES_SPEC
from .design import MOST_POINTS
from .names import ALL
from .replicates import FORM, MOST_REPLICATES
from .replicates import SAYS as SAYS_REPLICATES
from .sections import SETTINGS
from .uncertainties import FROM_POSTERIOR, PATH, SAYS
from .values import MOST_LEVELS


@dataclass(frozen=True)
class Written:
    """What may stand under a key of an experiment, whatever its scenario."""

    description: str
    form: Callable[[dict], dict]

    def schema(self, shared: dict) -> dict:
        """The schema with its description."""
        return {"description": sentence(self.description)} | self.form(shared)


def experiment_schema() -> str:
    """The schema of experiment files."""
    known = SETTINGS | {
        "scenario": Written(
            "the scenario: a file, a shipped name, or a whole one", lambda shared: {"type": ["string", "object"]}
        ),
        "levers": Written("what somebody could choose; compared", lambda shared: _by_key(_lever, shared)),
        "uncertainties": Written(SAYS, _uncertainties),
        "design": Written("how levers and uncertainties are laid out", _design),
        "compare_with": Written("what is run beside the base: values, or several arms by name", _arms),
        "replicates": Written(SAYS_REPLICATES, _replicates),
        "outcomes": Written("the outcomes to look at first; all are stored", lambda shared: _names(OUTCOMES)),
        "keep": Written("the trajectories and decisions to store, or the word all", _keep),
    }
    root = Section("an experiment", known, needs=("question", "scenario"))
    return document(root, "An experiment of frozen-conflict-sim")


def _by_key(form: Callable, shared: dict) -> dict:
    """A map of dotted keys; ``form`` gives what stands under one, or nothing where it may not stand there."""
    schemas = {}
    for key, target in patterns(declared).items():
        quantity, item = target.declared, target.item
        schema = form(quantity, shared)
        if schema is not None:
            described = {"description": annotations(quantity, item)["description"]}
            name = ".".join(filter(None, (form.__name__.strip("_"), quantity.name, item)))
            schemas[key] = defined(name, described | schema, shared)
    return keyed(schemas)


def _uncertainties(shared: dict) -> dict:
    by_key = _by_key(_uncertain, shared)
    whole = {FROM_POSTERIOR: PATH.schema(shared), BY_GRADE: GRADES_SPEC.schema(shared)}
    return by_key | {"properties": by_key["properties"] | whole}


def _number(quantity: Quantity) -> dict:
    return QuantitySpec(quantity).number.bounded


def _word(words: Category) -> dict:
    return {"enum": list(words.options)} if not words.open_to else {"type": "string", "pattern": f"^{NAME.pattern}$"}


def _value(quantity: Quantity | Category, shared: dict) -> dict:
    return _word(quantity) if isinstance(quantity, Category) else _number(quantity)


def _lever(quantity: Quantity | Category, shared: dict) -> dict:
    values = {"type": "array", "items": _value(quantity, shared), "minItems": 1, "uniqueItems": True}
    if isinstance(quantity, Category):
        return values
    levels = {"description": "How many values, evenly spaced.", "type": "integer", "minimum": 2, "maximum": MOST_LEVELS}
    span = {"from": _number(quantity), "to": _number(quantity), "levels": levels}
    bounds = f"values_{quantity.low:g}_to_{quantity.high:g}"
    is_span = {"properties": span, "required": ["from", "to"], "additionalProperties": False}
    return defined(bounds, values | {"type": ["array", "object"], "if": {"type": "object"}, "then": is_span}, shared)


def _uncertain(quantity: Quantity | Category, shared: dict) -> dict | None:
    if isinstance(quantity, Category):
        return None
    return QuantitySpec(quantity).form_schema(shared) | {"type": "object", "not": {"type": "object", "required": ["value"]}}


def _design(shared: dict) -> dict:
    options = {
        "points": {"description": "How many points.", "type": "integer", "minimum": 1, "maximum": MOST_POINTS},
        "levels": {"description": "How many values a span gets.", "type": "integer", "minimum": 2, "maximum": MOST_LEVELS},
        "second_order": {"description": "Whether the design also serves indices of pairs.", "type": "boolean"},
        "exchange": {"description": "What is exchanged between two points.", "enum": [ONE_BY_ONE, EACH_GRADE]},
        "random_numbers": {
            "description": "Whether all points use common random numbers, or each its own.",
            "enum": [COMMON, INDEPENDENT],
        },
        "path": {"description": "The CSV file that holds the points, one a line.", "type": "string"},
    }
    points = {"description": "The points themselves.", "type": "array", "items": _point(shared), "minItems": 1}
    kinds = []
    for word in (*KINDS, *ALIASES):
        kind = KINDS[ALIASES.get(word, word)]
        taken = {option: points if (kind.name, option) == ("list", "points") else options[option] for option in kind.takes}
        is_kind = {"properties": {"kind": {"const": word}}, "required": ["kind"]}
        takes = {"properties": {"kind": True, **taken}, "required": list(kind.needs), "additionalProperties": False}
        kinds.append({"if": is_kind, "then": takes})
    known = {"description": "The kind of design.", "enum": [*KINDS, *ALIASES]}
    return {"type": "object", "properties": {"kind": known}, "required": ["kind"], "allOf": kinds}


def _point(shared: dict) -> dict:
    return defined("point", _by_key(_value, shared), shared)


def _arms(shared: dict) -> dict:
    point = _point(shared)
    named = {"type": "object", "patternProperties": {f"^{NAME.pattern}$": point}, "additionalProperties": False}
    return {"anyOf": [point, named]}


def _replicates(shared: dict) -> dict:
    count = {"type": "integer", "minimum": 1, "maximum": MOST_REPLICATES}
    form = {name: spec.schema(shared) for name, spec in FORM.items()}
    until = {"type": "object", "properties": form, "required": ["until", "at_most"], "additionalProperties": False}
    return {"anyOf": [count, until]}


def _names(known) -> dict:
    owned = {"type": "string", "pattern": "^[a-z][a-z0-9_.]*$"}
    return {"type": "array", "items": {"anyOf": [{"enum": sorted(known)}, owned]}}


def _keep(shared: dict) -> dict:
    return {"anyOf": [{"const": ALL}, _names(KEY_TRAJECTORIES | KEY_DECISIONS)]}
