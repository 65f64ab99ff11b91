"""An ensemble that is kept in memory: build once, then play it again with other values, many times a second."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from threading import RLock

import numpy as np

from ..engine.random_streams import numbered
from ..engine.setting import Setting
from ..engine.whole import check_whole
from ..files.problems import InputError, Position, Problem
from ..model.columns import Column, columns
from ..scenario import Scenario, load_scenario
from ..scenario.addresses import Target, addresses_of
from ..scenario.schema import declarations
from .reusable import ReusableModel, ReusableModels

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
LEAST = 2  # a single run has other shapes, and would need machine code of its own


@dataclass(frozen=True)
class Played:
    """The runs of one setting, as arrays of their own: they stay what they are when the ensemble is played again.

    ``trajectories`` and ``decisions`` have the shape ``(run, turn)`` by column, decisions as the index of the option;
    ``classes`` is the class of each run, ``ended_turn`` the turn after which it ended. ``outcomes`` are numbers a run by
    column, NaN where they are not defined; without any if they were not asked for. ``drawn`` differ between runs.
    """

    scenario: Setting
    seed: int
    stream_numbers: np.ndarray
    trajectories: dict[str, np.ndarray]
    decisions: dict[str, np.ndarray]
    classes: np.ndarray
    ended_turn: np.ndarray
    ended_quarter: np.ndarray
    outcomes: dict[str, np.ndarray]
    drawn: dict[str, np.ndarray]

    @property
    def runs(self) -> int:
        """The number of runs."""
        return len(self.stream_numbers)

    def quantiles(self, column: str, levels: Sequence[float] = LEVELS) -> np.ndarray:
        """Quantiles of a trajectory over the runs, turn by turn, shape ``(level, turn)``.

        >>> import frozen_conflict_sim as fcs
        >>> small = fcs.load_scenario("georgia_2014").with_values({"public.residents": 60, "quarters": 4})
        >>> fcs.LiveEnsemble(small, runs=16).play().quantiles("georgia.alienation", [0.5]).shape
        (1, 4)
        """
        return np.quantile(self.trajectories[column], levels, axis=0)

    def shares(self) -> dict[str, float]:
        """The share of runs in each class that occurs."""
        names, counts = np.unique(self.classes, return_counts=True)
        return {str(name): int(count) / self.runs for name, count in zip(names, counts)}

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The declarations of all columns by name: unit, label, meaning, bounds, options of decisions."""
        return {column.name: column for column in columns(self.scenario)}


class LiveEnsemble:
    """An ensemble of one scenario that is built once and played again with other values.

    It is compiled whatever its size, and its numbers equal those of :func:`run` with the same seed to the last bit. Numbers,
    ranges and events may change between two plays at no cost; another word (a policy, a rule of choice) has code of its own,
    which is compiled when it is first played and then kept. It may be used from several threads: they take turns.

    ``scenario`` is a scenario, a file or the name of a shipped one. ``compiling`` is called before code is compiled, ``kept``
    is how many models of other words are kept. Runs are shared among ``threads``, on which no number depends.
    """

    def __init__(
        self,
        scenario: Scenario | str | PathLike,
        runs: int = 256,
        seed: int = 1,
        *,
        compiling: Callable[[], None] = lambda: None,
        kept: int = 6,
        threads: int = 1,
    ):
        self.scenario = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
        check_whole("runs", runs)
        check_whole("seed", seed, 0)
        check_whole("threads", threads)
        self.runs, self.seed, self.compiling = runs, seed, compiling
        self._models, self._lock = ReusableModels(kept, threads), RLock()

    def __repr__(self) -> str:
        return f"<LiveEnsemble of {self.scenario.title!r}: {self.runs} runs, seed {self.seed}>"

    def play(
        self,
        setting: Mapping[str, object] | Scenario | None = None,
        runs: int | None = None,
        *,
        outcomes: bool = True,
        stream_numbers=None,
        given: Mapping[str, np.ndarray] | None = None,
    ) -> Played:
        """Play the scenario with other values by dotted key (as in ``with_values``), or another scenario of the same members.

        ``runs`` is by default that of the ensemble; the first runs of more are the same. ``stream_numbers`` numbers the runs
        instead, and ``given`` overrides values by dotted key with one number, or one a run. Without ``outcomes`` these are
        left out, which is faster. Raises :class:`InputError` for a value that is refused, ``NotFinite`` or ``OutOfBounds``
        for a run that fails.
        """  # fmt: skip
        scenario = self.scenario_with(setting)
        numbers = numbered(self.runs if runs is None else runs) if stream_numbers is None else np.asarray(stream_numbers)
        count = len(numbers)
        padded = np.resize(numbers, max(count, LEAST))
        by_address = scenario.numbers_given(given, count) if given else {}
        by_address = {address: np.resize(values, len(padded)) for address, values in by_address.items()}
        kept = self._model(scenario, padded)
        with self._lock:
            model = kept.at(scenario, by_address)
            model.run_to_end()
            found = model.outcomes() if outcomes else {}
            of_runs = [found, model.trajectories(), model.decisions(), model.drawn()]
            found, trajectories, decisions, drawn = (
                {name: np.array(values[:count]) for name, values in each.items()} for each in of_runs
            )
            classes, ended, quarter = (values[:count] for values in (model.classes(), model.ended_turn, model.ended_quarter))
        return Played(
            scenario, self.seed, numbers, trajectories, decisions, classes, ended, quarter, found, drawn,
        )  # fmt: skip

    def prepare(self, setting: Mapping[str, object] | Scenario | None = None, runs: int | None = None) -> None:
        """Compile and build what a setting needs, so that it is there when it is played; others may play meanwhile.

        With two runs this only compiles, which is the longest part.
        """
        self._model(self.scenario_with(setting), np.arange(max(runs or self.runs, LEAST)))

    def is_ready(self, setting: Mapping[str, object] | Scenario | None = None, runs: int | None = None) -> bool:
        """Whether a setting can be played at once: nothing must be built or compiled."""
        scenario = self.scenario_with(setting)
        return self._models.find(scenario, self.seed, np.arange(max(runs or self.runs, LEAST))) is not None

    def moves(self, key: str, setting: Mapping[str, object] | Scenario | None = None) -> bool:
        """Whether the value under a dotted key can change anything under the words of a setting (rules of choice, policy).

        >>> import frozen_conflict_sim as fcs
        >>> small = fcs.load_scenario("georgia_2014").with_values({"public.residents": 60, "quarters": 4})
        >>> ensemble = fcs.LiveEnsemble(small, runs=16)
        >>> ensemble.moves("parent.grievance"), ensemble.moves("play.loss_aversion")
        (True, False)

        Raises :class:`InputError` for a key that addresses nothing.
        """
        scenario, target = self.scenario_with(setting), self._target(key)
        with self._lock:
            model = self._model(scenario, np.arange(max(self.runs, LEAST)))
            return any(model.reads(address) for address in target.addresses)

    def still(self, setting: Mapping[str, object] | Scenario | None = None) -> tuple[str, ...]:
        """The dotted keys that move nothing under the words of a setting, see :meth:`moves`."""
        with self._lock:
            return tuple(key for key in self.targets if not self.moves(key, setting))

    @property
    def targets(self) -> dict[str, Target]:
        """What can be set, by dotted key: the declaration, and the addresses that the key stands for."""
        return addresses_of(declarations(), self.scenario.entities).targets

    def scenario_with(self, setting: Mapping[str, object] | Scenario | None) -> Scenario:
        """The scenario of a setting, as :meth:`play` takes it."""
        if setting is None:
            return self.scenario
        return setting if isinstance(setting, Setting) else self.scenario.with_values(setting) if setting else self.scenario

    def _model(self, scenario: Scenario, numbers: np.ndarray) -> ReusableModel:
        return self._models.get(scenario, self.seed, numbers, self.compiling)

    def _target(self, key: str) -> Target:
        addresses = addresses_of(declarations(), self.scenario.entities)
        if key not in addresses:
            raise InputError([Problem(Position("given"), key, addresses.unknown(key))])
        return addresses[key]
