"""What a resident does, written out as a class body from the declarations: as one would write it by hand, rule by rule.

The same lines serve a resident that is an object and a public that is a handful of arrays; only listening differs.
"""

from __future__ import annotations

from functools import lru_cache

from frozen_conflict_sim.engine.kernels import HEARD
from frozen_conflict_sim.politics.roles import public

from .words import plainly

AN_OBJECT_HEARS = "sum([other.NAME for other in self.neighbours]) / len(self.neighbours)"
AN_ARRAY_HEARS = "self.heard(self.NAME)"
AN_OBJECT_HOLDS = "LOW if VALUE < LOW else HIGH if VALUE > HIGH else VALUE"
AN_ARRAY_HOLDS = "np.minimum(np.maximum(VALUE, LOW), HIGH)"

declared = public.residents


class Lines:
    """The lines of one method."""

    def __init__(self, hears: str):
        self.hears, self.lines, self.known = hears, [], set()

    def sees(self, name: str) -> str:
        """How a name is written down; what must be computed first stands in a line before."""
        if name in declared.traits:
            return f"self.{name}"
        if name.startswith(HEARD) and varies(name):
            return self.keep(name, self.hears.replace("NAME", name.removeprefix(HEARD)))
        own = name.removeprefix(HEARD)
        if own in declared.measures and varies(own):
            return self.keep(f"my_{own}", self.calls(declared.measures[own]))
        return f"candidate[{own!r}]" if own in declared.candidates else f"around[{own!r}]"

    def keep(self, name: str, value: str) -> str:
        """A name for a value that is computed once."""
        if name not in self.known:
            self.known.add(name)
            self.lines.append(f"{name} = {value}")
        return name

    def calls(self, rule) -> str:
        """The rule, called."""
        return f"{rule.name}({', '.join(self.sees(name) for name in rule.reads)})"


def varies(name: str) -> bool:
    """Whether a name differs between the residents of a territory."""
    own = name.removeprefix(HEARD)
    if own in declared.measures:
        return any(map(varies, declared.measures[own].reads))
    return own in declared.traits


def listened_to(rules) -> list[str]:
    """What these rules must know of others."""
    found: dict[str, None] = {}
    for rule in rules:
        for name in rule.reads:
            if name.startswith(HEARD) and varies(name):
                found[name.removeprefix(HEARD)] = None
            elif name in declared.measures:
                found |= dict.fromkeys(listened_to([declared.measures[name]]))
    return list(found)


def moments() -> dict[str, dict[str, list]]:
    """When residents change and what then adds to each trait; ``settle`` is how they begin."""
    found: dict[str, dict[str, list]] = {"settle": {to: [declared.measures[name]] for to, name in declared.starts.items()}}
    for to, phase, rule in declared.changes:
        found.setdefault(phase, {}).setdefault(to, []).append(rule)
    return found


def text(hears: str, holds: str) -> str:
    """The methods of a resident: say, judge and change at every moment; appeal of a candidate; look around."""
    body: list[str] = []

    def method(head, lines):
        body.extend([f"def {head}:", *(f"    {line}" for line in lines or ["pass"]), ""])

    for moment, causes in moments().items():
        rules = [rule for parts in causes.values() for rule in parts]
        said = Lines(hears)
        for name in listened_to(rules):
            if name in declared.measures:
                said.lines.append(f"self.{name} = {said.calls(declared.measures[name])}")
        method(f"{moment}_say(self, around)", said.lines)
        judged = Lines(hears)
        for to, parts in causes.items():
            bounds = declared.traits[to]
            terms = [judged.calls(rule) for rule in parts]
            judged.lines.append(f"new = {' + '.join(terms if moment == 'settle' else [f'self.{to}', *terms])}")
            held = holds.replace("VALUE", "new").replace("LOW", f"{bounds.low:.1f}").replace("HIGH", f"{bounds.high:.1f}")
            judged.lines.append(f"self.next_{to} = {held}")
        method(f"{moment}_judge(self, around)", judged.lines)
        method(f"{moment}_change(self, around)", [f"self.{to} = self.next_{to}" for to in causes])
    appeal = Lines(hears)
    terms = [appeal.calls(rule) for rule in declared.appeals]
    method("appeal(self, candidate, around)", [*appeal.lines, f"return {' + '.join(terms)}"])
    for observed in declared.observed:
        seen = Lines(hears)
        if observed.of in declared.measures:
            value = seen.calls(declared.measures[observed.of])
            method(f"{observed.name}(self, around)", [*seen.lines, f"return {value}"])
        else:
            method(f"{observed.name}(self, around)", [f"return self.{observed.of}"])
    return "\n".join(body)


@lru_cache
def methods(plain: bool) -> dict:
    """The methods as functions, for objects (``plain``) or for arrays."""
    import numpy as np

    written = text(AN_OBJECT_HEARS, AN_OBJECT_HOLDS) if plain else text(AN_ARRAY_HEARS, AN_ARRAY_HOLDS)
    rules = [*declared.measures.values(), *(rule for _, _, rule in declared.changes), *declared.appeals]
    known = {rule.name: plainly(rule.function) if plain else rule.function for rule in rules}
    found: dict = {}
    exec(compile(written, "<a resident>", "exec"), {**known, "np": np}, found)  # noqa: S102 - our own lines
    return found


def look_around(around: dict) -> None:
    """Work out once for a territory what is the same for all its residents."""
    for name, rule in declared.measures.items():
        if not varies(name):
            around[name] = plainly(rule.function)(*(around[read] for read in rule.reads))


def observed() -> list[str]:
    """What the territory sees of its residents, in its order."""
    return [seen.name for seen in declared.observed]
