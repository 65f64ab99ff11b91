"""Problems of a file: where each is, what was expected, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Position:
    """A line and a column of a file, counted from 1; line 0 for a file as a whole and for values from outside (``--set``).

    ``layer`` counts the files between this one and the one that was asked for, along ``extends``. Values given from outside
    are on negative layers, above every file.
    """

    file: str
    line: int = 0
    column: int = 0
    layer: int = 0

    def __str__(self):
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One problem: its position, the dotted key, and a message with what was expected and found."""

    position: Position
    key: str
    message: str

    @property
    def file(self) -> str:
        """The path of the file."""
        return self.position.file

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        return self.position.line

    @property
    def column(self) -> int:
        """The column, counted from 1."""
        return self.position.column

    def __str__(self):
        return f"{self.position}: {self.key}: {self.message}" if self.key else f"{self.position}: {self.message}"


def placed(problems: Iterable[Problem], position: Position | None, key: str) -> list[Problem]:
    """The problems, with those of a file as a whole moved to the position at which another file names it."""
    return [
        Problem(position, key, f"{problem.file}: {problem.message}") if position and problem.line < 1 else problem
        for problem in problems
    ]


class InputError(ValueError):
    """A file, or values given from outside, that cannot be used; ``problems`` has every problem that was found."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__(*self.problems)

    def __str__(self):
        return "\n".join(str(problem) for problem in self.problems)


class Report:
    """Collects problems, so that all of them are shown at once."""

    def __init__(self):
        self.problems: list[Problem] = []

    def add(self, position: Position, key: str, message: str) -> None:
        """Add a problem, unless it was added before."""
        problem = Problem(position, key, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def raise_if_any(self) -> None:
        """Raise :class:`InputError` with what was added: the problems of the nearest file first, in the order of its lines."""
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda problem: (problem.position.layer, problem.line, problem.column)))


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint at the most similar known word; empty if none is similar.

    >>> nearest("prestigge", ["thrift", "prestige"])
    "; did you mean 'prestige'?"
    """
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def listed(words: Iterable[str], limit: int = 12) -> str:
    """Words separated by commas, cut after ``limit`` of them.

    >>> listed(["on", "off"])
    'on, off'
    """
    words = list(words)
    more = f", … ({len(words)} in all)" if len(words) > limit else ""
    return ", ".join(words[:limit]) + more
