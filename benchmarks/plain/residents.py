"""What a resident does, written out from the declarations: as one would write it by hand, rule by rule.

The same lines serve a resident that is an object, a public that is a handful of arrays, and a loop in C; how names are
written, and how one listens, differs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from frozen_conflict_sim.engine.arrays.population import HEARD
from frozen_conflict_sim.politics.catalogue import declared as _everything  # noqa: F401 - fills what is declared about residents
from frozen_conflict_sim.politics.roles import public

from .words import plainly

declared = public.residents


@dataclass(frozen=True)
class Hand:
    """How things are written: a trait, what is worked out on the way, what is around, what others say, a value in bounds."""

    hears: str
    holds: str
    trait: str = "self.{name}"
    own: str = "my_{name}"
    assign: str = "{name} = {value}"
    around: str = "around[{name!r}]"
    candidate: str = "candidate[{name!r}]"


AN_OBJECT = Hand(
    hears="sum([other.{name} for other in self.neighbours]) / len(self.neighbours)",
    holds="{low} if {value} < {low} else {high} if {value} > {high} else {value}",
)
AN_ARRAY = Hand(hears="self.heard(self.{name})", holds="np.minimum(np.maximum({value}, {low}), {high})")


@dataclass
class Lines:
    """Some lines in a hand; what a line needs stands in a line before."""

    hand: Hand
    lines: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def sees(self, name: str) -> str:
        """How a name is written."""
        if name in declared.traits:
            return self.hand.trait.format(name=name)
        own = name.removeprefix(HEARD)
        if own != name and varies(own):
            return self.keep(name, self.hand.hears.format(name=own))
        if own in declared.derived and varies(own):
            return self.keep(own, self.calls(declared.derived[own]))
        return (self.hand.candidate if own in declared.candidates else self.hand.around).format(name=own)

    def keep(self, name: str, value: str) -> str:
        """A variable for a value that is worked out once."""
        mine = self.hand.own.format(name=name)
        if mine not in self.known:
            self.known.add(mine)
            self.lines.append(self.hand.assign.format(name=mine, value=value))
        return mine

    def calls(self, rule) -> str:
        """The rule, called."""
        return f"{rule.name}({', '.join(self.sees(name) for name in rule.reads)})"

    def held(self, trait: str, value: str) -> str:
        """A value within the bounds of a trait."""
        bounds = declared.traits[trait]
        return self.hand.holds.format(value=value, low=float(bounds.low), high=float(bounds.high))


def varies(name: str) -> bool:
    """Whether a name differs between the residents of a territory."""
    own = name.removeprefix(HEARD)
    if own in declared.derived:
        return any(map(varies, declared.derived[own].reads))
    return own in declared.traits


def listened_to(rules) -> list[str]:
    """What these rules must know of others."""
    found: dict[str, None] = {}
    for rule in rules:
        for name in rule.reads:
            if name.startswith(HEARD) and varies(name):
                found[name.removeprefix(HEARD)] = None
            elif name in declared.derived:
                found |= dict.fromkeys(listened_to([declared.derived[name]]))
    return list(found)


@lru_cache
def moments() -> dict[str, dict[str, list]]:
    """When residents change and what then adds to each trait; ``settle`` is how they begin."""
    found: dict[str, dict[str, list]] = {"settle": {to: [declared.derived[name]] for to, name in declared.at_start.items()}}
    for to, phase, rule in declared.changes:
        found.setdefault(phase, {}).setdefault(to, []).append(rule)
    return found


def text(hand: Hand) -> str:
    """The methods of a resident: say, judge and change at every moment; appeal of a candidate; what the territory sees."""
    body: list[str] = []

    def method(head, lines):
        body.extend([f"def {head}:", *(f"    {line}" for line in lines or ["pass"]), ""])

    for moment, causes in moments().items():
        said = Lines(hand)
        for name in listened_to([rule for parts in causes.values() for rule in parts]):
            if name in declared.derived:
                said.lines.append(f"self.{name} = {said.calls(declared.derived[name])}")
        method(f"{moment}_say(self, around)", said.lines)
        judged = Lines(hand)
        for to, parts in causes.items():
            terms = [judged.calls(rule) for rule in parts]
            judged.lines.append(f"new = {' + '.join(terms if moment == 'settle' else [f'self.{to}', *terms])}")
            judged.lines.append(f"self.next_{to} = {judged.held(to, 'new')}")
        method(f"{moment}_judge(self, around)", judged.lines)
        method(f"{moment}_change(self, around)", [f"self.{to} = self.next_{to}" for to in causes])
    appeal = Lines(hand)
    terms = [appeal.calls(rule) for rule in declared.appeals]
    method("appeal(self, candidate, around)", [*appeal.lines, f"return {' + '.join(terms)}"])
    for observed in declared.observed:
        seen = Lines(hand)
        value = seen.calls(declared.derived[observed.of]) if observed.of in declared.derived else seen.sees(observed.of)
        method(f"{observed.name}(self, around)", [*seen.lines, f"return {value}"])
    return "\n".join(body)


def rules() -> list:
    """Every rule of residents."""
    return [*declared.derived.values(), *(rule for _, _, rule in declared.changes), *declared.appeals]


@lru_cache
def methods(hand: Hand) -> dict:
    """The methods as functions, for objects or for arrays."""
    import numpy as np

    known = {rule.name: plainly(rule.function) if hand is AN_OBJECT else rule.function for rule in rules()}
    found: dict = {}
    exec(compile(text(hand), "<a resident>", "exec"), {**known, "np": np}, found)
    return found


@lru_cache
def shared() -> tuple:
    """The measures of residents that are the same for all residents of a territory."""
    return tuple((name, plainly(rule.function), rule.reads) for name, rule in declared.derived.items() if not varies(name))


def look_around(around: dict) -> None:
    """Work out once for a territory what is the same for all its residents."""
    for name, function, reads in shared():
        around[name] = function(*(around[read] for read in reads))


@lru_cache
def observed() -> tuple[str, ...]:
    """What the territory sees of its residents, in its order."""
    return tuple(seen.name for seen in declared.observed)
