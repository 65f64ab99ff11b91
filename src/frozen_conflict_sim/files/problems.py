"""What is wrong with a file, where it stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Mark:
    """A position in a file, or no line of any file for values given from outside (``--set``).

    ``layer`` counts how many ``extends`` away the file is from the one that was asked for; what is given from outside
    stands on negative layers, above every file.
    """

    file: str
    line: int = 0
    column: int = 0
    layer: int = 0

    def __str__(self):
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, under which dotted key, and what was expected."""

    mark: Mark
    key: str
    message: str

    @property
    def file(self) -> str:
        """The file in which it stands."""
        return self.mark.file

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        return self.mark.line

    @property
    def column(self) -> int:
        """The column, counted from 1."""
        return self.mark.column

    def __str__(self):
        return f"{self.mark}: {self.key}: {self.message}" if self.key else f"{self.mark}: {self.message}"


def placed(problems: Iterable[Problem], mark: Mark | None, key: str) -> list[Problem]:
    """Problems, those with a file as a whole told where another file names it."""
    return [
        Problem(mark, key, f"{problem.file}: {problem.message}") if mark and problem.line < 1 else problem
        for problem in problems
    ]


class ScenarioError(ValueError):
    """A scenario that cannot be used, with all its problems."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__(*self.problems)

    def __str__(self):
        return "\n".join(str(problem) for problem in self.problems)


class Report:
    """Collects the problems of a scenario, so that all of them are told at once."""

    def __init__(self):
        self.problems: list[Problem] = []

    def add(self, mark: Mark, key: str, message: str) -> None:
        """Note a problem, once."""
        problem = Problem(mark, key, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def raise_if_any(self) -> None:
        """Raise what was noted: the problems of the nearest file first, in the order of its lines."""
        if self.problems:
            raise ScenarioError(sorted(self.problems, key=lambda problem: (problem.mark.layer, problem.line, problem.column)))


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or nothing.

    >>> nearest("prestigge", ["thrift", "prestige"])
    "; did you mean 'prestige'?"
    """
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def listed(words: Iterable[str], limit: int = 12) -> str:
    """Words as a reader wants them, not too many.

    >>> listed(["on", "off"])
    'on, off'
    """
    words = list(words)
    more = f", … ({len(words)} in all)" if len(words) > limit else ""
    return ", ".join(words[:limit]) + more
