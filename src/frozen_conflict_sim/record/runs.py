"""The runs that patterns read: trajectories, choices and events by run and turn, outcomes by run."""

from __future__ import annotations

import numpy as np

from ..engine.time_step import TIME_STEP, USUAL
from ..files.problems import Position, Problem
from ..results import Results
from ..scenario import InputError, Scenario


class Runs:
    """The finished runs of one scenario. Arrays have the shape ``(run, turn)``, or ``(run,)`` for outcomes."""

    def __init__(self, results: Results):
        self.scenario = in_quarters(results.scenario)
        self._results, self._courses = results, {}
        table = results.table(["run", "status", "ended_quarter"])
        done = table[table["status"] == "done"]
        self._numbers = done["run"].to_numpy()
        self.alive = np.arange(self.scenario.turns) < done["ended_quarter"].to_numpy()[:, None]

    def trajectory(self, name: str) -> np.ndarray:
        """A quantity by run and turn, such as ``abkhazia.subsidy_paid``; NaN after a run has ended."""
        return np.where(self.alive, self._stored(name), np.nan)

    def happened(self, name: str) -> np.ndarray:
        """Whether an event happens, such as ``abkhazia.forced_exit``."""
        return (self._stored(name) > 0.5) & self.alive

    def chose(self, decision: str, *options: str) -> np.ndarray:
        """Whether one of some options is chosen, such as ``withhold_subsidy`` in ``moscow.treatment.abkhazia``."""
        known = self._results.variables[decision].options
        return np.isin(self._stored(decision), [known.index(option) for option in options]) & self.alive

    def outcome(self, name: str) -> np.ndarray:
        """An outcome by run, such as ``abkhazia.depth_gained``; NaN where it is not defined."""
        table = self._results.table(["run", name]).set_index("run")
        return table.loc[self._numbers, name].to_numpy(float)

    def drawn(self, key: str) -> np.ndarray:
        """A value that the scenario leaves uncertain, by dotted key and run, such as ``parent.grievance``."""
        return self.outcome(key)

    def turn(self, quarter: str) -> int:
        """The turn of a quarter such as ``2014-Q1``; it may lie outside the runs."""
        year, number = quarter.split("-Q")
        first, begin = self.scenario.start
        return (int(year) - first) * 4 + int(number) - begin

    def during(self, name: str, begin: str, end: str) -> np.ndarray:
        """A course from one quarter to before another, shape ``(run, quarter)``; NaN where the runs do not reach."""
        trajectory, turns = self.trajectory(name), np.arange(self.turn(begin), self.turn(end))
        inside = (turns >= 0) & (turns < trajectory.shape[1])
        return np.where(inside, trajectory[:, np.where(inside, turns, 0)], np.nan)

    def value(self, role: str, member: str, name: str, item: str = "") -> float:
        """A number that the scenario fixes, or the default of its parameter: a number of its own, or that which it follows."""
        from ..politics.catalogue import declared

        given, quantity = self.scenario.values.get((role, member, name, item)), declared.quantities[name]
        if given is None and quantity.follows:
            above = declared.owners[quantity.follows]
            members, belongs = self.scenario.entities[above.level], self.scenario.belongs.get((role, above.level))
            place = belongs[self.scenario.entities[role].index(member)] if belongs is not None else 0
            return self.value(above.name, members[place], quantity.follows, item)
        return float(given.fixed) if given else quantity.default_of(item)

    def _stored(self, name: str) -> np.ndarray:
        if name not in self._courses:
            in_memory = self._results.path is None
            self._courses[name] = (self._results.trajectories if in_memory else self._results.trajectories_of(name))[
                name
            ].to_numpy()
        return self._courses[name]


def in_quarters(scenario: Scenario) -> Scenario:
    """The scenario unchanged; raises :class:`InputError` unless its turns are quarters, the unit of the record."""
    if scenario.time_step != USUAL:
        message = f"patterns of the record need turns of a quarter, found {scenario.time_step}; do not set play.time_step"
        raise InputError([Problem(Position(scenario.path or scenario.title), f"play.{TIME_STEP}", message)])
    return scenario


def first_turn(happened: np.ndarray) -> np.ndarray:
    """The first turn on which something happens, shape ``(run,)``; −1 where it never does."""
    return np.where(happened.any(axis=1), happened.argmax(axis=1), -1)


def value_at(trajectory: np.ndarray, turns: np.ndarray) -> np.ndarray:
    """A course on one turn of each run; NaN outside of it.

    >>> value_at(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1, -1]))
    array([ 2., nan])
    """
    inside = (turns >= 0) & (turns < trajectory.shape[1])
    found = np.take_along_axis(trajectory, np.clip(turns, 0, trajectory.shape[1] - 1)[:, None], 1)[:, 0]
    return np.where(inside, found, np.nan)


def window_from(trajectory: np.ndarray, begin: np.ndarray, turns: int) -> np.ndarray:
    """A course from a turn of each run on, shape ``(run, turns + 1)``; all NaN where it cannot be seen to its end.

    >>> window_from(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([1, 2]), 1)
    array([[ 2.,  3.],
           [nan, nan]])
    """
    found = np.stack([value_at(trajectory, np.where(begin >= 0, begin + lag, -1)) for lag in range(turns + 1)], axis=1)
    return np.where(np.isfinite(found).all(axis=1, keepdims=True), found, np.nan)


def happens_within(happened: np.ndarray, within: int, begin: int = 1) -> np.ndarray:
    """Whether something happens from ``begin`` to ``within`` turns after each turn; shape ``(run, turn)``.

    >>> happens_within(np.array([[False, False, True]]), 1)
    array([[False,  True, False]])
    """
    ahead = np.zeros(happened.shape, bool)
    for lag in range(begin, min(within + 1, happened.shape[1])):
        ahead[:, : happened.shape[1] - lag] |= happened[:, lag:]
    return ahead


def happened_within(happened: np.ndarray, within: int) -> np.ndarray:
    """Whether something happened on a turn or on one of the ``within`` turns before it; shape ``(run, turn)``.

    >>> happened_within(np.array([[True, False, False]]), 1)
    array([[ True,  True, False]])
    """
    behind = happened.copy()
    for lag in range(1, min(within + 1, happened.shape[1])):
        behind[:, lag:] |= happened[:, :-lag]
    return behind


def goes_on_for(alive: np.ndarray, within: int) -> np.ndarray:
    """Whether a run goes on for at least ``within`` turns after each turn."""
    ahead = np.zeros(alive.shape, bool)
    ahead[:, : max(alive.shape[1] - within, 0)] = alive[:, within:]
    return ahead
