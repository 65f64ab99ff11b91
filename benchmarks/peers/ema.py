"""EMA Workbench: its sequential evaluator around the NumPy-inside-Mesa model."""

import numpy as np
from ema_workbench import Constant, IntegerParameter, Model, SequentialEvaluator, TimeSeriesOutcome

from ..work import RECORDED, Size
from .mesa_numpy import ArrayConflict


def one(residents: int, turns: int, seed: int) -> dict[str, np.ndarray]:
    """One run, in the form that the workbench expects."""
    model = ArrayConflict(residents, turns, int(seed))
    while model.running:
        model.step()
    found = np.full((len(RECORDED), turns), np.nan)
    for row, column in zip(found, RECORDED):
        course = model.datacollector.model_vars[column]
        row[: len(course)] = course
    return dict(zip(map(_word, RECORDED), found))


def _word(column: str) -> str:
    return column.replace(".", "_")


def play(size: Size, runs: int, seed: int) -> np.ndarray:
    """The recorded quantities of an experiment of the workbench; shape ``(run, turn, recorded)``."""
    model = Model("conflict", function=one)
    model.uncertainties = [IntegerParameter("seed", 0, 2**31 - 1)]
    model.constants = [Constant("residents", size.residents), Constant("turns", size.turns)]
    model.outcomes = [TimeSeriesOutcome(_word(column)) for column in RECORDED]
    np.random.seed(seed)  # the workbench draws its experiments from NumPy's global state
    with SequentialEvaluator(model) as evaluator:
        _, outcomes = evaluator.perform_experiments(scenarios=runs)
    return np.stack([outcomes[_word(column)] for column in RECORDED], axis=-1)
