"""The columns of the results, derived from the declarations: names, units, meanings, labels and bounds.

A column is named after the member that it belongs to (``moscow.attention``), a parameter that differs between runs after its
key in a scenario file (``patron.ask_cool_down``).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from ..engine.declare.registry import Declarations
from ..engine.declare.role import Role
from ..engine.setting import Setting
from ..politics.catalogue import declared
from ..politics.outcomes import OUTCOMES
from .bounds import bounds_of, bounds_of_unit
from .varying import varying

KEY_TRAJECTORIES = {
    "integration",
    "mean_support",
    "mobilisation",
    "alienation",
    "western_alignment",
    "political_normalisation",
    "trade_and_travel",
    "prestige_climate",
}
KEY_DECISIONS = {"treatment", "answer", "talks", "trade", "orientation"}
RECORDED_DERIVED = (
    "integration", "subsidy_promised", "bill_in_dollars", "patron_power", "income_surprise", "mean_ideal", "missed_conditions",
    "suspicion",
)  # fmt: skip
RECORDED_EVENTS = (
    "forced_exit", "incumbent_beaten", "incumbent_returned", "favourite_stood", "favourite_won",
    "bid_lapses", "bid_reaches_a_vote", "fighting",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of the results; ``kind`` is ``parameter``, ``outcome``, ``trajectory`` or ``decision``.

    ``options`` are the options of a decision in their order.
    """

    name: str
    kind: str
    unit: str
    meaning: str
    owner: str = ""
    label: str = ""
    source: str = ""
    better_for: str = ""
    low: float | None = None
    high: float | None = None
    key_outcome: bool = False
    options: tuple[str, ...] = ()


def columns(setting: Setting) -> list[Column]:
    """All columns of the results of a setting."""
    return list(setting.once(_columns, declared))


def _columns(declared: Declarations, setting: Setting) -> tuple[Column, ...]:
    kinds = _parameters, _outcomes, _strata, _utilities, _trajectories, _decisions
    return tuple(column for kind in kinds for column in kind(setting))


def key_trajectories(setting: Setting) -> dict[str, Column]:
    """The key trajectories of a setting, by name."""
    return {column.name: column for column in _trajectories(setting) if column.key_outcome}


def called(setting: Setting, member: str) -> str:
    """The name of a member for readers."""
    return setting.names.get(member, member.split(".")[-1].replace("_", " "))


def _label(setting: Setting, member: str, name: str, item: str = "") -> str:
    words = name.replace("_", " ") + (f", {item.replace('_', ' ')}" if item else "")
    return f"{called(setting, member)}: {words}"


def _spread(role: Role, setting: Setting, by: str):
    for member in setting.entities[role.level]:
        for item in declared.items[by] if by else ("",):
            yield member, item, f".{item}" if item else ""


def _finite(bounds: tuple[float, float]) -> dict[str, float | None]:
    """Bounds as a column states them: None where there is none."""
    return {side: float(bound) if isfinite(bound) else None for side, bound in zip(("low", "high"), bounds)}


def _parameters(setting: Setting):
    for key, ((_, member, name, item), quantity) in varying(setting).items():
        yield Column(
            key, "parameter", quantity.unit, quantity.meaning, member, _label(setting, member, name, item),
            source=quantity.source, low=quantity.low, high=quantity.high,
        )  # fmt: skip


def _outcomes(setting: Setting):
    for name, outcome in OUTCOMES.items():
        for member, item, suffix in _spread(outcome.role, setting, outcome.by):
            yield Column(
                f"{member}.{name}{suffix}", "outcome", outcome.unit, outcome.meaning, member,
                _label(setting, member, name, item),
                better_for=outcome.better_for,
                key_outcome=outcome.key_outcome, **_finite(bounds_of_unit(outcome.unit)),
            )  # fmt: skip


def _strata(setting: Setting):
    for member in setting.entities["stratum"]:
        for name, wish in (
            ("prefers_accession_at_end", "join the patron"),
            ("prefers_independence_at_end", "stay apart"),
        ):
            meaning = f"Share of the stratum's residents who would rather {wish} at the end."
            label = _label(setting, member, name)
            yield Column(f"{member}.{name}", "outcome", "share", meaning, member, label, **_finite(bounds_of_unit("share")))


def _utilities(setting: Setting):
    for role in (declared.roles[name] for name in ("patron", "parent", "elite", "voice")):
        incentives = utility_names(role)
        for member in setting.entities[role.level]:
            meaning = "What the actor got out of the run, all incentives together."
            yield Column(f"{member}.utility", "outcome", "utility", meaning, member, _label(setting, member, "utility"))
            for incentive in incentives:
                meaning = f"What the actor got out of the run by {incentive.replace('_', ' ')}."
                label = _label(setting, member, "utility", incentive)
                yield Column(f"{member}.utility.{incentive}", "outcome", "utility", meaning, member, label)


def utility_names(role: Role) -> list[str]:
    """The incentives under which a role's realised utility is booked."""
    return list(
        dict.fromkeys(
            incentive.weight or incentive.name
            for decision in declared.decisions.values()
            if decision.role is role
            for option in decision.options
            for incentive in option.incentives
        )
    )


def recorded() -> dict[str, tuple[Role, str, str, str]]:
    """Role, items, unit and meaning of every quantity of which the whole course is kept."""
    return declared.cached(_recorded)


def _recorded(declared: Declarations) -> dict[str, tuple[Role, str, str, str]]:
    kept = {
        name: (declared.owners[name], quantity.by, quantity.unit, quantity.meaning)
        for name, quantity in declared.quantities.items()
        if getattr(quantity, "state", False)
    }
    for name in RECORDED_DERIVED:
        derived = declared.derived[name]
        kept[name] = (derived.role, derived.by, derived.unit, derived.meaning)
    for name in RECORDED_EVENTS:
        hazard, found = declared.hazards.get(name), declared.fixed_values.get(name)
        kept[name] = (
            (hazard or found).role,
            "",
            "yes or no",
            (hazard.rule if hazard else found.determined_by).sentence,
        )
    return kept


def _trajectories(setting: Setting):
    for name, (role, by, unit, meaning) in recorded().items():
        for member, item, suffix in _spread(role, setting, by):
            yield Column(
                f"{member}.{name}{suffix}", "trajectory", unit, meaning, member, _label(setting, member, name, item),
                key_outcome=name in KEY_TRAJECTORIES, **_finite(bounds_of(name, unit)),
            )  # fmt: skip


def decision_columns(setting: Setting, decision) -> list[str]:
    """The columns of a decision, one for each member it is about."""
    members = setting.entities[decision.level]
    if decision.role.level == decision.level:
        return [f"{member}.{decision.name}" for member in members]
    deciders = setting.entities[decision.role.level]
    belongs = setting.belongs.get((decision.level, decision.role.level), (0,) * len(members))
    return [f"{deciders[above]}.{decision.name}.{member}" for member, above in zip(members, belongs)]


def _decisions(setting: Setting):
    for decision in declared.decisions.values():
        options = tuple(option.name for option in decision.options)
        for name in decision_columns(setting, decision):
            owner, *about = name.split(f".{decision.name}")
            about = about[0].strip(".") if about and about[0] else ""
            label = f"{called(setting, owner)}: {decision.meaning}" + (f", {called(setting, about)}" if about else "")
            yield Column(
                name,
                "decision",
                "option",
                f"What it does: {decision.meaning}.",
                owner,
                label,
                options=options,
                key_outcome=decision.name in KEY_DECISIONS,
            )


def name_of(setting, role: Role, member: str) -> str:
    """The name of an actor: as its role if it has one (Sukhumi), else as the member (Moscow)."""
    return setting.names.get(f"{member}.{role.name}", setting.names.get(member, member))
