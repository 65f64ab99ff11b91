"""Generate the code of residents from the declarations, as one would write it by hand, rule by rule.

The same statements serve residents as objects, residents as arrays, and a loop in C; a :class:`Syntax` says how names, bounds
and averages over neighbours are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from frozen_conflict_sim.engine.declare.population import NEIGHBOURS
from frozen_conflict_sim.politics.catalogue import declared as _everything  # noqa: F401 - fills what is declared about residents
from frozen_conflict_sim.politics.roles import public

from .primitives import with_plain_numbers

declared = public.residents


@dataclass(frozen=True)
class Syntax:
    """How the code writes a trait, an intermediate value, an input, an average over neighbours, and a clipped value."""

    neighbours: str
    clipped: str
    trait: str = "self.{name}"
    own: str = "my_{name}"
    assign: str = "{name} = {value}"
    around: str = "around[{name!r}]"
    candidate: str = "candidate[{name!r}]"


OBJECT = Syntax(
    neighbours="sum([other.{name} for other in self.neighbours]) / len(self.neighbours)",
    clipped="{low} if {value} < {low} else {high} if {value} > {high} else {value}",
)
ARRAYS = Syntax(neighbours="self.neighbours_average(self.{name})", clipped="np.minimum(np.maximum({value}, {low}), {high})")


@dataclass
class Statements:
    """Statements in a syntax; a value that a statement needs is computed in an earlier one."""

    syntax: Syntax
    lines: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def expression(self, name: str) -> str:
        """The expression for a name."""
        if name in declared.traits:
            return self.syntax.trait.format(name=name)
        own = name.removeprefix(NEIGHBOURS)
        if own != name and differs_between_residents(own):
            return self.variable(name, self.syntax.neighbours.format(name=own))
        if own in declared.derived and differs_between_residents(own):
            return self.variable(own, self.call(declared.derived[own]))
        return (self.syntax.candidate if own in declared.candidates else self.syntax.around).format(name=own)

    def variable(self, name: str, value: str) -> str:
        """A variable for a value that is computed once."""
        mine = self.syntax.own.format(name=name)
        if mine not in self.known:
            self.known.add(mine)
            self.lines.append(self.syntax.assign.format(name=mine, value=value))
        return mine

    def call(self, rule) -> str:
        """A call of a rule."""
        return f"{rule.name}({', '.join(self.expression(name) for name in rule.reads)})"

    def clip(self, trait: str, value: str) -> str:
        """A value clipped to the bounds of a trait."""
        bounds = declared.traits[trait]
        return self.syntax.clipped.format(value=value, low=float(bounds.low), high=float(bounds.high))


def differs_between_residents(name: str) -> bool:
    """Whether a name differs between the residents of a territory."""
    own = name.removeprefix(NEIGHBOURS)
    if own in declared.derived:
        return any(map(differs_between_residents, declared.derived[own].reads))
    return own in declared.traits


def read_from_neighbours(rules) -> list[str]:
    """The names that these rules read from neighbours."""
    found: dict[str, None] = {}
    for rule in rules:
        for name in rule.reads:
            if name.startswith(NEIGHBOURS) and differs_between_residents(name):
                found[name.removeprefix(NEIGHBOURS)] = None
            elif name in declared.derived:
                found |= dict.fromkeys(read_from_neighbours([declared.derived[name]]))
    return list(found)


@lru_cache
def changes_by_phase() -> dict[str, dict[str, list]]:
    """The causes of change of each trait, by phase; ``initialise`` is the start."""
    found: dict[str, dict[str, list]] = {"initialise": {to: [declared.derived[name]] for to, name in declared.at_start.items()}}
    for to, phase, rule in declared.changes:
        found.setdefault(phase, {}).setdefault(to, []).append(rule)
    return found


def source(syntax: Syntax) -> str:
    """The methods of a resident: say, judge and change for every phase; appeal of a candidate; observed values."""
    body: list[str] = []

    def method(head, lines):
        body.extend([f"def {head}:", *(f"    {line}" for line in lines or ["pass"]), ""])

    for phase, causes in changes_by_phase().items():
        said = Statements(syntax)
        for name in read_from_neighbours([rule for parts in causes.values() for rule in parts]):
            if name in declared.derived:
                said.lines.append(f"self.{name} = {said.call(declared.derived[name])}")
        method(f"{phase}_say(self, around)", said.lines)
        judged = Statements(syntax)
        for to, parts in causes.items():
            terms = [judged.call(rule) for rule in parts]
            judged.lines.append(f"new = {' + '.join(terms if phase == 'initialise' else [f'self.{to}', *terms])}")
            judged.lines.append(f"self.next_{to} = {judged.clip(to, 'new')}")
        method(f"{phase}_judge(self, around)", judged.lines)
        method(f"{phase}_change(self, around)", [f"self.{to} = self.next_{to}" for to in causes])
    appeal = Statements(syntax)
    terms = [appeal.call(rule) for rule in declared.appeals]
    method("appeal(self, candidate, around)", [*appeal.lines, f"return {' + '.join(terms)}"])
    for observed in declared.observed:
        seen = Statements(syntax)
        value = seen.call(declared.derived[observed.of]) if observed.of in declared.derived else seen.expression(observed.of)
        method(f"{observed.name}(self, around)", [*seen.lines, f"return {value}"])
    return "\n".join(body)


def rules() -> list:
    """Every rule of residents."""
    return [*declared.derived.values(), *(rule for _, _, rule in declared.changes), *declared.appeals]


@lru_cache
def methods(syntax: Syntax) -> dict:
    """The methods as functions, for objects or for arrays."""
    import numpy as np

    known = {rule.name: with_plain_numbers(rule.function) if syntax is OBJECT else rule.function for rule in rules()}
    found: dict = {}
    exec(compile(source(syntax), "<a resident>", "exec"), {**known, "np": np}, found)
    return found


@lru_cache
def shared() -> tuple:
    """The derived quantities that are the same for all residents of a territory."""
    return tuple(
        (name, with_plain_numbers(rule.function), rule.reads)
        for name, rule in declared.derived.items()
        if not differs_between_residents(name)
    )


def look_around(around: dict) -> None:
    """Compute once for a territory what is the same for all its residents."""
    for name, function, reads in shared():
        around[name] = function(*(around[read] for read in reads))


@lru_cache
def observed() -> tuple[str, ...]:
    """The names that the territory observes of its residents, in order."""
    return tuple(seen.name for seen in declared.observed)
