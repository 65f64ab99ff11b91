"""Outcomes computed as soon as a block of runs is played, from its records: no table of all runs and turns is needed."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import numpy as np

from ...engine.cache import named_by
from ...engine.compiled.array_functions.program import Records
from ...engine.compiled.run.kept import kept
from ...engine.compiled.run.machine_code import is_cached, load_code
from ...engine.memory import aligned, borrowed
from ..bounds import inside_of
from .compiled import CompiledOutcomes, rules_of_outcomes


class OutcomesAtOnce:
    """The outcomes and classes of a model; an executor calls it after each block with the records of that block.

    ``results`` has a row for each number of an outcome, shape ``(row, run)``.
    """

    def __init__(self, model, compiled: CompiledOutcomes, compiling=lambda: None):
        self.compiled, self.program, recorder = compiled, compiled.program, model.recorder
        self.run_blocks = model.populations[0].run_blocks
        given = {name: np.asarray(recorder.history(name), float) for name in self.program.slots}
        self.given = self.program.given_in_blocks(self.run_blocks, given)
        self.results = borrowed((self.program.row_count, self.run_blocks.runs))
        self._evaluate = load_code(self.program.source, compiling).function("evaluate_records", "ppppppi")

    def memory(self) -> dict[str, np.ndarray]:
        """What a thread writes while it computes."""
        return {
            "recorded": aligned((self.program.recorded,), np.float32),
            "scratch": aligned((self.program.scratch,), np.uint8),
        }

    def __call__(self, block: int, records: np.ndarray, memory: dict[str, np.ndarray]) -> None:
        """Compute the outcomes of a block from its records, shape ``(turn, row, lane)``."""
        given, columns = self.given[block], self.run_blocks.columns[block]
        arrays = (records, given, columns, memory["recorded"], memory["scratch"], self.results)
        self._evaluate(*(array.ctypes.data for array in arrays), self.run_blocks.runs)

    def outcome(self, name: str, shape: tuple[int, ...]) -> np.ndarray:
        """An outcome of the shape ``(…, member, run)``."""
        first = self.program.rows[name]
        return self.results[first : first + int(np.prod(shape[:-1], dtype=int))].reshape(shape)

    def classes(self) -> np.ndarray:
        """The class of each run, as a word."""
        return np.array(self.compiled.classes)[self.results[self.compiled.class_row].astype(int)]

    def left_bounds(self) -> bool:
        """Whether anything that was recorded has left its bounds, or is no number."""
        return bool(self.results[-1].any())


def outcomes_at_once(model, program, worth_compiling: bool, compiling=lambda: None) -> OutcomesAtOnce | None:
    """The outcomes of a model that ``program`` plays; ``None`` where they cannot be compiled, or that does not pay (yet)."""
    records = records_of(model.recorder, program)
    fitting = [one for one in program.outcomes if _fits(one, model, records)]
    if not fitting:
        emit, still_fits = partial(CompiledOutcomes, model, records), partial(_fits, model=model, records=records)
        emitted = kept(model.world.declared, _key(model, program, records), emit, CompiledOutcomes, still_fits)
        program.outcomes[:] = [emitted, *program.outcomes[:3]]
        fitting = program.outcomes
    compiled = fitting[0]
    if compiled.left_out or not (worth_compiling or is_cached(compiled.program.source)):
        return None
    return OutcomesAtOnce(model, compiled, compiling)


def _key(model, program, records: Records) -> tuple:
    """What decides the code of outcomes besides the values that all runs share."""
    functions = tuple((name, rule.function) for name, rule in rules_of_outcomes().items())
    layout = tuple(model.recorder.rows.items()), model.setting.turns, tuple(model.setting.entities.items())
    return ("outcomes", _own_files(), functions, named_by(program.source), records, layout)


@cache
def _own_files() -> str:
    """A digest of the files that say how outcomes become code."""
    return named_by(*(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))))


def records_of(recorder, program) -> Records:
    """What the records of a program hold, with the limits of all that has a column of its own."""
    floors, ceilings = inside_of(*recorder.bounds.T)
    limits = {row: (_single(floors[row], np.inf), _single(ceilings[row], -np.inf)) for _, _, row in recorder.columns()}
    return Records(program.trajectories + program.choices, limits)


def _single(limit: float, inward: float) -> float:
    """The limit in single precision, or the number next to it inward: the same numbers are within it."""
    single = np.float32(limit)
    beyond = single < limit if inward > 0 else single > limit
    return float(np.nextafter(single, np.float32(inward)) if beyond else single)


def _fits(compiled: CompiledOutcomes, model, records: Records) -> bool:
    """Whether outcomes were compiled from the rules and limits of now, with the values that all runs of a model share."""
    history = model.recorder.history
    return (
        compiled.records == records
        and compiled.rules == rules_of_outcomes()
        and all(np.array_equal(value, history(name)) for name, value in compiled.common.items())
        and all(np.shape(history(name))[:-1] == values.shape[:-1] for name, values in compiled.program.given_values.items())
    )
