"""Judge the findings under every rule of choice, with the coupling and without it.

Prospect theory is judged twice: with the weights as they are, and rescaled to its own units.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from math import comb

from ..analysis.comparison.interactions import TOGETHER
from ..analysis.intervals import together
from ..analysis.robustness import DEPENDENT, ROBUST, UNDECIDED, reason
from ..engine.choice_rules import THEORIES
from ..experiment.execute.workers import spread
from ..record.estimates import Estimate
from ..record.runs import Runs
from ..record.scoring import RunsFailed, ensemble
from ..record.targets import FEWEST, HOLDS, combined_verdict
from .all_findings import FINDINGS
from .finding import Finding
from .variants import variant

NOT_SHOWN = "not shown"
UNCOUPLED = {"parent.channels": "off"}
Found = dict[str, dict[str, Estimate]]


@dataclass(frozen=True)
class Judged:
    """A finding with its estimates by rule of choice and part, and the same estimates with the coupling off."""

    finding: Finding
    found: Found
    uncoupled: Found

    def verdict(self, rule: str) -> str:
        """The verdict under a rule of choice: all parts must hold."""
        return combined_verdict([target.judge(self.found[rule][part]) for part, target in self.finding.targets.items()])

    @property
    def robustness(self) -> str:
        """``robust`` if it holds under all rules of choice, ``not shown`` if under none.

        Otherwise ``theory-dependent`` if an estimate differs between a rule under which it holds and one under which it does
        not, and ``undecided`` if none does: then chance may have decided the verdicts.
        """
        holding = [rule for rule in self.found if self.verdict(rule) == HOLDS]
        if len(holding) in (0, len(self.found)):
            return ROBUST if holding else NOT_SHOWN
        return DEPENDENT if self._differs_from(holding) else UNDECIDED

    @property
    def reason(self) -> str:
        """The verdicts by rule where rules disagree, else empty."""
        return reason({rule: self.verdict(rule) for rule in self.found})

    def _differs_from(self, holding: list[str]) -> bool:
        """Whether a part that does not hold under some rule differs from the same part under a rule under which all hold.

        The same random numbers are used; the intervals hold together for all parts and pairs of rules in 95 of 100 studies.
        """
        targets = self.finding.targets
        level = together(len(targets) * comb(len(self.found), 2), TOGETHER)
        return any(
            self.found[one][part].differs(self.found[other][part], level)
            for other in self.found.keys() - set(holding)
            for part, target in targets.items()
            if self.found[other][part].runs >= FEWEST and target.judge(self.found[other][part]) != HOLDS
            for one in holding
        )


@dataclass(frozen=True)
class RuleArm:
    """The variants of some findings under one rule of choice, with or without the coupling; one process runs them all."""

    rule: str
    coupled: bool
    findings: tuple[str, ...]
    values: dict[str, object]
    runs: int
    seed: int

    def evaluate(self) -> tuple[RuleArm, Found]:
        """The estimates of each finding by part; a variant is freed after the last finding that needs it."""
        ready: dict[str, Runs] = {}
        found = {}
        for at, name in enumerate(self.findings):
            for needed in FINDINGS[name].scenarios:
                if needed not in ready:
                    ready[needed] = self._run(needed)
            found[name] = FINDINGS[name].evaluate(ready)
            later = {needed for other in self.findings[at + 1 :] for needed in FINDINGS[other].scenarios}
            ready = {needed: runs for needed, runs in ready.items() if needed in later}
        return self, found

    def _run(self, name: str) -> Runs:
        values = self.values | {"play.choice_rule": self.rule} | ({} if self.coupled else UNCOUPLED)
        return Runs(ensemble(variant(name).with_values(values), self.runs, self.seed))


def judge(
    findings: Collection[str] = (),
    values: Mapping[str, object] | None = None,
    *,
    runs: int = 1000,
    seed: int = 2015,
    workers: int = 1,
) -> tuple[Judged, ...]:
    """Judge findings by name, or all; ``values`` by dotted key change every variant, as ``--set`` does."""
    wanted = tuple(findings or FINDINGS)
    arms = [RuleArm(rule, on, wanted, dict(values or {}), runs, seed) for rule in THEORIES for on in (True, False)]
    with closing(spread(RuleArm.evaluate, arms, workers, _died)) as done:
        found = {(arm.rule, arm.coupled): estimates for arm, estimates in done}
    return tuple(
        Judged(FINDINGS[name], *({rule: found[rule, on][name] for rule in THEORIES} for on in (True, False))) for name in wanted
    )


def _died(arm: RuleArm):
    raise RunsFailed(f"the process for the findings under {arm.rule} died repeatedly: killed, or out of memory")
