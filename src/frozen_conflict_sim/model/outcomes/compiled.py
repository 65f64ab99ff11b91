"""Outcomes and classes as compiled code: traced from the functions that arrays are given to, so that both are one text."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import numpy as np

from ...engine.compiled.array_functions.program import ArrayProgram, Records
from ...engine.compiled.array_functions.traced import Traced, as_traced
from ...engine.compiled.ir.symbols import NotCompilable
from ...engine.declare.rule import Rule
from ...politics.catalogue import declared
from ...politics.outcomes import OUTCOMES
from ...politics.outcomes.classes import CLASSES, classify

CLASS = "class"


class CompiledOutcomes:
    """The outcomes and the class of every run of a model as an :class:`ArrayProgram`.

    ``columns`` is the row of each outcome by column, ``units`` the unit of each row, ``class_row`` that of the class, which is
    a place in ``classes``; ``left_out`` says why an outcome cannot be compiled. Raise ``NotCompilable`` if classes cannot be.
    ``common`` are the values in the code, which all runs share. With ``records``, outcomes are also computed from those.
    """

    def __init__(self, model, records: Records | None = None):
        self.recorder, self.setting = model.recorder, model.setting
        self.program, self.left_out = ArrayProgram(model.setting.turns), {}
        self.records, self.common = records, {}
        self.rules = rules_of_outcomes()
        results: dict[str, Traced] = {}
        for name, outcome in OUTCOMES.items():
            try:
                value = as_traced(outcome.rule.function(*map(self._read, outcome.rule.reads))).astype(float)
                if value.shape[:-1] != (expected := self.recorder.shape_of(outcome)):
                    raise NotCompilable(f"it has the shape {value.shape[:-1]} for each run instead of {expected}")
                results[name] = value
            except NotCompilable as reason:
                self.left_out[name] = str(reason)
        of_class = _told(classify)(results, self._read)
        self.program.emit(results | {CLASS: of_class}, records)
        self.classes, self.class_row = tuple(CLASSES), self.program.rows[CLASS]
        self.columns: dict[str, int] = {}
        self.units: dict[int, str] = {}
        for column, row, unit in self._columns(results):
            self.columns[column], self.units[row] = row, unit
        del self.recorder, self.setting  # which may be let go of before this

    def __getstate__(self) -> dict:
        """What is kept for other processes, whose rules are their own."""
        return {name: value for name, value in vars(self).items() if name != "rules"}

    def __setstate__(self, state: dict) -> None:
        vars(self).update(state, rules=rules_of_outcomes())

    def _read(self, name: str):
        """What an outcome reads under a name: an array of symbols, or plain values that all runs share."""
        if name in self.recorder.rows:
            return self.program.trajectory(name, *self.recorder.rows[name])
        values = self.recorder.history(name)
        if isinstance(values, str) or getattr(declared.quantities.get(name), "common", False):
            self.common[name] = values
            return values
        return self.program.given(name, np.asarray(values, float))

    def _columns(self, results):
        for name in results:
            outcome, row = OUTCOMES[name], self.program.rows[name]
            for item in declared.items[outcome.by] if outcome.by else ("",):
                for member in self.setting.entities[outcome.role.level]:
                    yield f"{member}.{name}" + (f".{item}" if item else ""), row, outcome.unit
                    row += 1


def rules_of_outcomes() -> dict[str, Rule]:
    """The rule of each outcome, as they are now."""
    return {name: outcome.rule for name, outcome in OUTCOMES.items()}


def _told(function: Callable) -> Callable:
    """A function that may read outcomes that are not compiled: it says which, instead of raising ``KeyError``."""

    def call(outcomes, series):
        try:
            return function(outcomes, series)
        except KeyError as missing:
            raise NotCompilable(f"{inspect.unwrap(function).__name__} reads the outcome {missing}") from None

    return call
