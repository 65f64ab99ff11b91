"""Branches of a rule that is evaluated for many runs at once: every path is followed, and the answers are joined.

``if``, ``and``, ``or``, ``not``, ``min`` and ``max`` ask a condition whether it is true. Where it holds in some runs only,
the rule is called once for each answer, and each run takes the result of its own path.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar

MOST = 64  # conditions on a path, and paths of a rule

_PATH: ContextVar[_Path | None] = ContextVar("path", default=None)


class TooManyPaths(TypeError):
    """A rule has more paths than can be followed: a loop whose length depends on what the rule reads."""


class _Path:
    """The conditions that a call meets, and the answers: first those of the ``beginning``, then always true."""

    def __init__(self, beginning: tuple[bool, ...]):
        self.answers, self.conditions = list(beginning), []

    def answer(self, condition) -> bool:
        self.conditions.append(condition)
        if len(self.conditions) > len(self.answers):
            self.answers.append(True)
        if len(self.conditions) > MOST:
            raise TooManyPaths(f"it meets more than {MOST} conditions")
        return self.answers[len(self.conditions) - 1]


def decided(condition) -> bool:
    """The answer to a condition on the path that is being followed; raise ``TypeError`` where none is."""
    path = _PATH.get()
    if path is None:
        raise TypeError("a condition that holds in some runs only is neither true nor false")
    return path.answer(condition)


def on_all_paths(function: Callable, values: Sequence, select: Callable):
    """Call a function and follow all its paths; ``select(condition, this, otherwise)`` joins two answers.

    >>> on_all_paths(lambda x: x, [0.5], None)
    0.5
    """
    left = iter(range(MOST))

    def followed(beginning: tuple[bool, ...]):
        if next(left, None) is None:
            raise TooManyPaths(f"it has more than {MOST} paths")
        path = _Path(beginning)
        token = _PATH.set(path)
        try:
            found = function(*values)
        finally:
            _PATH.reset(token)
        for at in reversed(range(len(beginning), len(path.conditions))):
            other = followed((*path.answers[:at], False))
            found = _joined(path.conditions[at], found, other, select)
        return found

    return followed(())


def _joined(condition, this, otherwise, select: Callable):
    """Two answers as one, item by item where they are lists."""
    lists = [answer for answer in (this, otherwise) if isinstance(answer, list | tuple)]
    if lists:
        pairs = (answer if isinstance(answer, list | tuple) else [answer] * len(lists[0]) for answer in (this, otherwise))
        return [_joined(condition, *pair, select) for pair in zip(*pairs, strict=True)]
    if this is None or otherwise is None:
        raise TypeError("it returns nothing on one of its paths")
    return select(condition, this, otherwise)
