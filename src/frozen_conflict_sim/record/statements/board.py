"""The board of statements: what each text says, its estimates with the mechanism on and off, and whether it comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..estimates import Estimate
from ..scoreboard import plain
from ..targets import FAILS, HOLDS, Target, combined_verdict
from .statement import Found, Statement

REPORTED, HOLDS_ALSO_OFF = "reported", "holds, also off"
HORIZON = re.compile(r"^(?P<of>.*), quarter (?P<quarter>\d+)$")
CAVEAT = "A laboratory, not a forecast: what comes out of the shipped scenarios, under assumptions that nobody has measured."


@dataclass(frozen=True)
class Part:
    """One number of a statement: its estimate with the mechanism on and, where one is declared, off.

    ``target`` is ``None`` for a number that is only reported.
    """

    name: str
    target: Target | None
    estimate: Estimate
    off: Estimate | None = None

    @property
    def verdict(self) -> str:
        """Whether the estimate meets the target, ``reported`` without one."""
        return self.target.judge(self.estimate) if self.target else REPORTED

    @property
    def verdict_off(self) -> str:
        """Whether the estimate with the mechanism off meets the target; empty without a mechanism."""
        if self.off is None:
            return ""
        return self.target.judge(self.off) if self.target else REPORTED

    @property
    def lost(self) -> bool:
        """Whether the target is missed once the mechanism is off, with an estimate that differs."""
        missed = self.off is not None and self.verdict_off != HOLDS
        return missed and self.target is not None and self.estimate.differs(self.off)


@dataclass(frozen=True)
class StatementLine:
    """One statement's line on the board; parts with a target come first."""

    statement: Statement
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, statement: Statement, on: Found, off: Found | None) -> StatementLine:
        """The line of a statement from its estimates. Raises ``LookupError`` if a part with a target has no estimate."""
        if missing := [name for name in statement.targets if name not in on]:
            raise LookupError(f"{statement.name} gives no estimate of {', '.join(map(repr, missing))}")
        names = (*statement.targets, *(name for name in on if name not in statement.targets))
        made = (Part(name, statement.targets.get(name), on[name], off.get(name) if off else None) for name in names)
        return cls(statement, tuple(made))

    @property
    def tested(self) -> tuple[Part, ...]:
        """The parts with a target."""
        return tuple(part for part in self.parts if part.target)

    @property
    def result(self) -> str:
        """``reported`` for a hypothesis; else whether all targets are met, and then whether the mechanism brings it about."""
        if not self.tested:
            return REPORTED
        found = combined_verdict([part.verdict for part in self.tested])
        if found != HOLDS or self.statement.mechanism_off is None:
            return found
        return HOLDS if any(part.lost for part in self.tested) else HOLDS_ALSO_OFF

    @property
    def holds(self) -> bool:
        """Whether all targets are met, by whatever mechanism."""
        return self.result in (HOLDS, HOLDS_ALSO_OFF)

    @property
    def reason(self) -> str:
        """Why it does not come out; empty if it does."""
        return "" if self.holds else self.statement.reason

    def part(self, name: str) -> Part:
        """A part by its name."""
        return next(part for part in self.parts if part.name == name)

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        said = self.statement
        return {
            "statement": said.name,
            "theme": said.theme,
            "kind": said.kind,
            "source": said.source or None,
            "quote": said.quote or None,
            "claim": said.sentence,
            "scenarios": list(said.scenarios),
            "mechanism_off": said.mechanism_off.description if said.mechanism_off else None,
            "result": self.result,
            "reason": self.reason or None,
            "parts": [
                {
                    "part": part.name,
                    "target": str(part.target) if part.target else None,
                    "estimate": plain(part.estimate, part.verdict),
                    "mechanism_off": plain(part.off, part.verdict_off) if part.off is not None else None,
                }
                for part in self.parts
            ],
        }


@dataclass(frozen=True)
class StatementBoard:
    """All lines; ``unscored`` has the statements that could not be scored, with the scenarios that were missing."""

    lines: tuple[StatementLine, ...]
    scenarios: dict[str, str]
    unscored: dict[str, tuple[str, ...]]
    runs: int
    seed: int

    def line(self, name: str) -> StatementLine:
        """The line of a statement. Raises ``KeyError`` if it was not scored."""
        for line in self.lines:
            if line.statement.name == name:
                return line
        raise KeyError(name)

    @property
    def tested(self) -> tuple[StatementLine, ...]:
        """The lines of observations and of statements of logic, which have targets."""
        return tuple(line for line in self.lines if line.tested)

    @property
    def hypotheses(self) -> tuple[StatementLine, ...]:
        """The lines that are reported without a verdict."""
        return tuple(line for line in self.lines if not line.tested)

    @property
    def failing(self) -> tuple[StatementLine, ...]:
        """The lines that miss a target by more than their interval."""
        return tuple(line for line in self.tested if line.result == FAILS)

    @property
    def held(self) -> int:
        """The number of statements that come out of the model."""
        return sum(line.holds for line in self.tested)

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return {
            "caveat": CAVEAT,
            "scenarios": self.scenarios,
            "runs": self.runs,
            "seed": self.seed,
            "held": self.held,
            "tested": len(self.tested),
            "failing": [line.statement.name for line in self.failing],
            "unscored": {name: list(missing) for name, missing in self.unscored.items()},
            "lines": [line.to_dict() for line in self.lines],
        }


def by_horizon(line: StatementLine) -> dict[str, dict[int, Part]]:
    """The reported numbers of a line by what they are of, and by quarter; those without a quarter are left out.

    The quarter is the end of a part's name: ``Georgia, alignment, quarter 10``.
    """
    found: dict[str, dict[int, Part]] = {}
    for part in line.parts:
        if match := HORIZON.match(part.name):
            found.setdefault(match["of"], {})[int(match["quarter"])] = part
    return found
