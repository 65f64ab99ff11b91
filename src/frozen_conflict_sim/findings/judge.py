"""Judge the headline findings under every rule of choice, each beside the same with the coupling off."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass

from ..analysis.robustness import DEPENDENT, ROBUST, reason
from ..engine.choice_rules import RULES
from ..experiment.execute.workers import spread
from ..record.estimates import Estimate
from ..record.runs import Runs
from ..record.scoring import NotPlayed, ensemble
from ..record.targets import HOLDS, together
from .all_findings import FINDINGS
from .finding import Finding
from .variants import variant

NOT_SHOWN = "not shown"
UNCOUPLED = {"parent.channels": "off"}
Found = dict[str, dict[str, Estimate]]


@dataclass(frozen=True)
class Judged:
    """A finding: what was found by rule of choice and part, and the same with the coupling off."""

    finding: Finding
    found: Found
    uncoupled: Found

    def verdict(self, rule: str) -> str:
        """Whether it holds under a rule: all of its parts must."""
        return together([target.judge(self.found[rule][part]) for part, target in self.finding.targets.items()])

    @property
    def robustness(self) -> str:
        """Robust if it holds under all rules of choice, theory-dependent if under some only, not shown if under none."""
        holding = [self.verdict(rule) == HOLDS for rule in RULES]
        return ROBUST if all(holding) else DEPENDENT if any(holding) else NOT_SHOWN

    @property
    def reason(self) -> str:
        """Under which rules it does not hold, if it does not under all."""
        return reason({rule: self.verdict(rule) for rule in RULES})


@dataclass(frozen=True)
class Theory:
    """The worlds of some findings under one rule of choice, with the coupling or without it, to be played in one go."""

    rule: str
    coupled: bool
    claims: tuple[str, ...]
    values: dict[str, object]
    runs: int
    seed: int

    def look(self) -> tuple[Theory, Found]:
        """What each finding comes to, part by part; a world is let go of when no later finding looks at it."""
        played: dict[str, Runs] = {}
        found = {}
        for at, name in enumerate(self.claims):
            for place in FINDINGS[name].scenarios:
                if place not in played:
                    played[place] = self._play(place)
            found[name] = FINDINGS[name].look(played)
            later = {place for other in self.claims[at + 1 :] for place in FINDINGS[other].scenarios}
            played = {place: runs for place, runs in played.items() if place in later}
        return self, found

    def _play(self, place: str) -> Runs:
        given = self.values | {"play.rule": self.rule} | ({} if self.coupled else UNCOUPLED)
        return Runs(ensemble(variant(place).with_values(given), self.runs, self.seed))


def judge(
    claims: Collection[str] = (),
    values: Mapping[str, object] | None = None,
    *,
    runs: int = 1000,
    seed: int = 2015,
    workers: int = 1,
) -> tuple[Judged, ...]:
    """Judge findings by name, or all; ``values`` by dotted key are given to every world, as ``--set`` does."""
    wanted = tuple(claims or FINDINGS)
    theories = [Theory(rule, on, wanted, dict(values or {}), runs, seed) for rule in RULES for on in (True, False)]
    with closing(spread(Theory.look, theories, workers, _lost)) as done:
        found = {(theory.rule, theory.coupled): seen for theory, seen in done}
    return tuple(
        Judged(FINDINGS[name], *({rule: found[rule, on][name] for rule in RULES} for on in (True, False))) for name in wanted
    )


def _lost(theory: Theory):
    raise NotPlayed(f"the process that played the findings under {theory.rule} died, again and again: killed, or out of memory")
