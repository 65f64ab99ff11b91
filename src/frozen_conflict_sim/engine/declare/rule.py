"""A rule: a pure function whose argument names are the quantities that it reads."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from types import FunctionType

from ..elementwise.exact import exactly
from .faults import DeclarationError, Miswritten, calling_place, place_of, unknown


@dataclass(frozen=True)
class Rule:
    """A pure function with its name and the names of its arguments, which are the quantities that it reads.

    One that branches or calls NumPy is ``careful``: evaluated so that every run takes its own branch. Its trial finds out.
    """

    name: str
    function: Callable
    reads: tuple[str, ...]
    careful: bool | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, function: Callable) -> Rule:
        """The rule of a function: its name, and its arguments' names. Raise :class:`DeclarationError` for anything else."""
        if not isinstance(function, FunctionType) or not function.__name__.isidentifier():
            what = getattr(function, "__name__", type(function).__name__)
            raise DeclarationError([f"{calling_place()}: {what} is no function with a name; write the rule with `def`"])
        arguments = inspect.signature(function).parameters
        several = [one for one in arguments.values() if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
        if several:
            what = f"takes {several[0]}, but its arguments' names are what it reads; name each"
            raise DeclarationError([f"{place_of(function)}: {function.__name__} {what}"])
        if by_name := [one.name for one in arguments.values() if one.kind is one.KEYWORD_ONLY]:
            what = f"takes {' and '.join(by_name)} by name only; remove the `*` from its arguments"
            raise DeclarationError([f"{place_of(function)}: {function.__name__} {what}"])
        return cls(function.__name__, function, tuple(arguments))

    @property
    def sentence(self) -> str:
        """The first sentence of the docstring: the claim, as receipts print it."""
        text = " ".join((inspect.getdoc(self.function) or "").split("\n\n")[0].split())
        return text.split(". ")[0].rstrip(".") + "."

    @property
    def otherwise(self) -> str:
        """What is the case where a condition does not hold, as a clause: what follows ``Otherwise:`` in its docstring."""
        told = (inspect.getdoc(self.function) or "").partition("Otherwise:")[2].split("\n\n")[0]
        return " ".join(told.split()).rstrip(".") or f"it does not hold that “{self.sentence.rstrip('.')}”"

    @property
    def reference(self) -> str:
        """The source of the claim: what follows ``Reference:`` in the docstring of the function or else of its module."""
        for text in (inspect.getdoc(self.function), inspect.getdoc(inspect.getmodule(self.function))):
            if text and "Reference:" in text:
                return " ".join(text.split("Reference:")[1].split("\n\n")[0].split())
        return ""

    @property
    def place(self) -> str:
        """The file and line of the function."""
        return place_of(self.function)

    def __call__(self, view):
        """Evaluate the rule; ``view[name]`` gives the value for each name that it reads."""
        values = [view[name] for name in self.reads]
        return exactly(self.function, values) if self.careful else self.function(*values)

    def faults(self, known: Iterable[str]) -> list[str]:
        """A line for each argument that is not among the known names."""
        return unknown(self.reads, known, self.place, f"{self.name} reads")


def never_bare(example: str) -> Callable:
    """Let a decorator that takes arguments refuse a rule in their place; ``example`` are arguments as one may write them.

    Python calls a decorator that is written without brackets with the rule itself, which would be lost in silence.
    """

    def guarded(method):
        name = method.__qualname__.lower()

        @wraps(method)
        def checked(*what, **more):
            for rule in what:
                if isinstance(rule, FunctionType):
                    said = f"stands below a bare `{name}`, which takes arguments; write @{name}({example})"
                    raise Miswritten([f"{place_of(rule)}: {rule.__name__} {said}"])
            return method(*what, **more)

        return checked

    return guarded
