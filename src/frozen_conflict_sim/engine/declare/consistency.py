"""Faults that no single declaration has: repeated causes, weights of nothing, disclosures, phases that do not exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .faults import did_you_mean
from .parameter import Quantity


def faults_between(declared) -> Iterator[str]:
    """A line for each such fault."""
    for faults in (_repeated_causes, _idle_weights, _disclosures, _in_no_phase):
        yield from faults(declared)


def _repeated_causes(declared) -> Iterator[str]:
    causes = Counter((one.to, one.rule.name) for one in declared.contributions)
    for one in declared.contributions:
        if causes[one.to, one.rule.name] > 1:
            yield f"{one.rule.place}: {one.rule.name} changes {one.to!r} twice; give each cause a name of its own"


def _idle_weights(declared) -> Iterator[str]:
    decisions = declared.decisions.values()
    used = {(one.role.name, each.weight) for one in decisions for option in one.options for each in option.incentives}
    for (role, name), weight in declared.weights.items():
        if (role, name) not in used:
            yield f"{weight.place}: no incentive of the {role} has the weight {name!r}"


def _disclosures(declared) -> Iterator[str]:
    """Decisions that read, through whatever is computed from it, a quantity that is private to another role."""
    private = {name for name, one in declared.quantities.items() if isinstance(one, Quantity) and one.private}
    for kind, role, rule in declared.rules():
        if kind not in ("condition", "incentive"):
            continue
        for name in sorted(declared.sources_of(rule.reads) & private):
            if declared.owners[name].level != role.level:
                whose = declared.owners[name].name
                yield f"{rule.place}: {rule.name} of the {role.name} reads {name!r}, which is private to the {whose}"


def _in_no_phase(declared) -> Iterator[str]:
    """What belongs to a phase that does not exist, so that it would never be played."""
    timed = [(one.rule.name, one.phase, one.rule.place) for one in (*declared.hazards.values(), *declared.contributions)]
    timed += [(one.name, one.phase, one.place) for one in (*declared.fixed_values.values(), *declared.decisions.values())]
    residents = [role.residents for role in declared.roles.values() if role.residents]
    timed += [(rule.name, phase, rule.place) for each in residents for _, phase, rule in each.changes]
    for name, phase, place in timed:
        if declared.phases and phase not in declared.phases:
            yield f"{place}: {name} belongs to the phase {phase!r}, which does not exist{did_you_mean(phase, declared.phases)}"
