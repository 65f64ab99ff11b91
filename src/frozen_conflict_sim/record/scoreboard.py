"""The scoreboard: the estimates of each pattern by arm (the model, null models, mechanism off), and the verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from .estimates import Estimate
from .pattern import Pattern
from .targets import HOLDS, TOO_FEW, Target, combined_verdict

MODEL, MECHANISM_OFF, COUPLING_OFF = "model", "mechanism_off", "coupling_off"
PASSES, NOT_DISTINGUISHED = "passes", "not distinguished"
CAVEAT = (
    "A laboratory, not a forecast: shares of runs of this model, not probabilities of events.",
    "None of these patterns tests the coupling between integration and the parent: its strength and even its sign stay open.",
)


@dataclass(frozen=True)
class Part:
    """One number of a pattern: its target and its estimate by arm."""

    name: str
    target: Target
    estimates: dict[str, Estimate]

    def verdict(self, arm: str) -> str:
        """Whether an arm meets the target."""
        return self.target.judge(self.estimates[arm])


@dataclass(frozen=True)
class Line:
    """One pattern's line on the scoreboard."""

    pattern: Pattern
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, pattern: Pattern, found: dict[str, dict[str, Estimate]]) -> Line:
        """The line of a pattern from its estimates by arm and part."""
        parts = (
            Part(name, target, {arm: estimates[name] for arm, estimates in found.items()})
            for name, target in pattern.targets.items()
        )
        return cls(pattern, tuple(parts))

    @property
    def arms(self) -> tuple[str, ...]:
        """The names of the arms: the model, the null models, the model with the mechanism off."""
        return tuple(self.parts[0].estimates)

    def verdict(self, arm: str = MODEL) -> str:
        """Whether an arm meets all targets."""
        return combined_verdict([part.verdict(arm) for part in self.parts])

    @property
    def must_fail(self) -> tuple[str, ...]:
        """The arms without the mechanism, which must fail."""
        return tuple(arm for arm in (*self.pattern.must_fail, MECHANISM_OFF) if arm in self.arms)

    def rejects(self, arm: str) -> bool:
        """Whether an arm has too few cases, or misses a target with an estimate that differs from that of the model."""
        misses = (part for part in self.parts if part.verdict(arm) != HOLDS)
        return self.verdict(arm) == TOO_FEW or any(part.estimates[MODEL].differs(part.estimates[arm]) for part in misses)

    def moved_by(self, arm: str) -> bool:
        """Whether some part meets its target in only one of model and arm, with estimates that differ."""
        one, other = ([part.verdict(at) == HOLDS for part in self.parts] for at in (MODEL, arm))
        parts = (part for part, here, there in zip(self.parts, one, other) if here != there)
        return any(part.estimates[MODEL].differs(part.estimates[arm]) for part in parts)

    @property
    def result(self) -> str:
        """The result: a test passes only if the arms without the mechanism fail."""
        found = self.verdict()
        if found != HOLDS or self.pattern.kind != "test":
            return found
        return PASSES if all(self.rejects(arm) for arm in self.must_fail) else NOT_DISTINGUISHED

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        pattern = self.pattern
        return {
            "pattern": pattern.name,
            "kind": pattern.kind,
            "strength": pattern.strength,
            "claim": pattern.sentence,
            "evidence": pattern.evidence,
            "scenarios": list(pattern.scenarios),
            "result": self.result,
            "must_fail": {arm: self.rejects(arm) for arm in self.must_fail},
            "mechanism_off": pattern.mechanism_off.description if pattern.mechanism_off else None,
            "verdicts": {arm: self.verdict(arm) for arm in self.arms},
            "parts": [
                {
                    "part": part.name,
                    "target": str(part.target),
                    "estimates": {arm: plain(found, part.verdict(arm)) for arm, found in part.estimates.items()},
                }
                for part in self.parts
            ],
        }


def plain(found: Estimate, verdict: str) -> dict:
    """An estimate and its verdict as plain data for JSON."""
    numbers = {"estimate": found.value, "low": found.low, "high": found.high}
    return {name: float(value) if isfinite(value) else None for name, value in numbers.items()} | {
        "runs": found.runs,
        "verdict": verdict,
    }


@dataclass(frozen=True)
class Scoreboard:
    """All lines; ``unscored`` has the patterns that could not be scored, with the scenarios that were missing."""

    lines: tuple[Line, ...]
    scenarios: dict[str, str]
    unscored: dict[str, tuple[str, ...]]
    runs: int
    runs_of_nulls: int
    seed: int

    def of(self, kind: str) -> tuple[Line, ...]:
        """The lines of a kind of pattern: ``test``, ``check`` or ``input``."""
        return tuple(line for line in self.lines if line.pattern.kind == kind)

    @property
    def passed(self) -> int:
        """The number of test patterns that pass."""
        return sum(line.result == PASSES for line in self.of("test"))

    @property
    def moved_by_coupling(self) -> tuple[Line, ...]:
        """The lines whose verdict changes when both channels from integration to the parent are off."""
        return tuple(line for line in self.lines if COUPLING_OFF in line.arms and line.moved_by(COUPLING_OFF))

    @property
    def unmet(self) -> tuple[Line, ...]:
        """The checks and input checks that do not hold."""
        return tuple(line for line in self.lines if line.pattern.kind != "test" and line.result != HOLDS)

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return {
            "caveat": " ".join(CAVEAT),
            "scenarios": self.scenarios,
            "runs": self.runs,
            "runs_of_nulls": self.runs_of_nulls,
            "seed": self.seed,
            "passed": self.passed,
            "tests": len(self.of("test")),
            "checks_hold": not self.unmet,
            "moved_by_coupling": [line.pattern.name for line in self.moved_by_coupling],
            "unscored": {name: list(missing) for name, missing in self.unscored.items()},
            "lines": [line.to_dict() for line in self.lines],
        }
