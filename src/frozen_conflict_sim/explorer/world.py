"""Plays settings for the page, and answers what it asks about them; one play at a time."""

from __future__ import annotations

from collections import OrderedDict
from threading import RLock

import numpy as np

from ..analysis.comparison.first_divergence import first_divergence
from ..engine.declare.faults import NotFinite
from ..explain.run import RunExplanation
from ..explain.story import Ensemble
from ..live import LEVELS, LiveEnsemble, Played
from ..model.bounds import OutOfBounds
from ..model.columns import Column, columns
from ..model.simulation import Simulation
from ..politics.outcomes.classes import CLASSES
from .state import State, refused

KEPT = 6  # plays that are remembered, so that a run of one of them can be followed
MOST_RUNS, LEAST_RUNS = 1024, 8


class World:
    """A live ensemble and its last plays; ``plays`` counts them."""

    def __init__(self, ensemble: LiveEnsemble):
        self.ensemble, self.lock, self.plays = ensemble, RLock(), 0
        self._columns: dict[str, Column] = {}
        self._played: OrderedDict[tuple, Played] = OrderedDict()
        self._stories: OrderedDict[tuple, RunExplanation] = OrderedDict()

    def played(self, state: State, runs: int) -> Played:
        """The runs of a setting, from memory if it was played lately."""
        if not isinstance(runs, int) or not LEAST_RUNS <= runs <= MOST_RUNS:
            raise refused("runs", f"expected {LEAST_RUNS} to {MOST_RUNS} runs, found {runs!r}")
        key = repr((sorted(state.values.items()), state.drop, runs))
        with self.lock:
            if key not in self._played:
                while len(self._played) >= KEPT:
                    self._played.popitem(last=False)
                try:
                    self._played[key] = self.ensemble.play(state.on(self.ensemble.scenario), runs, outcomes=False)
                except (NotFinite, OutOfBounds) as error:
                    raise refused("setting", f"a run fails under this setting: {error}") from None
                self.plays += 1
            self._played.move_to_end(key)
            return self._played[key]

    def play(self, state: State, runs: int, shown: str) -> dict:
        """What the charts show: the fan and the last values of ``shown``, how runs end, treaties, and decisions over time."""
        played = self.played(state, runs)
        if shown not in played.trajectories:
            raise refused("shown", f"there is no trajectory {shown!r}")
        course = played.trajectories[shown]
        classes = list(CLASSES)
        return {
            "runs": played.runs, "shown": shown,
            "fan": np.quantile(course, LEVELS, axis=0).tolist(),
            "ends": course[:, -1].tolist(),
            "classes": [classes.index(name) for name in played.classes],
            "treaties": self._treaties(played),
            "decisions": self._decisions(played),
        }  # fmt: skip

    def _treaties(self, played: Played) -> dict[str, list[float]]:
        """The median depth of integration of each territory, and its middle half, by turn."""
        members = self.ensemble.scenario.entities["territory"]
        return {
            member: np.quantile(played.trajectories[f"{member}.integration"], (0.25, 0.5, 0.75), axis=0).tolist()
            for member in members
        }

    def _decisions(self, played: Played) -> list[dict]:
        """For each key decision the share of runs that take each option, turn by turn, without that of doing nothing."""
        found = []
        for name, column in self.columns.items():
            if column.kind == "decision" and column.key_outcome:
                chosen = played.decisions[name]
                shares = [(chosen == code).mean(axis=0) for code in range(1, len(column.options))]
                listed = [
                    {"option": option.replace("_", " "), "shares": share.tolist()}
                    for option, share in zip(column.options[1:], shares)
                    if share.max() > 0.02
                ]
                found.append({"name": name, "label": column.label, "options": listed})
        return found

    @property
    def columns(self) -> dict[str, Column]:
        """The declarations of all columns by name."""
        self._columns = self._columns or {column.name: column for column in columns(self.ensemble.scenario)}
        return self._columns

    def follow(self, state: State, runs: int, run: int, charts: list[str]) -> dict:
        """One run through every chart: its trajectories, its depth of integration, and what was decided."""
        played = self.played(state, runs)
        self._check(run, played)
        names = [name for name in charts if name in played.trajectories]
        names += [f"{member}.integration" for member in self.ensemble.scenario.entities["territory"]]
        keys = [name for name, column in self.columns.items() if column.kind == "decision" and column.key_outcome]
        return {
            "run": run, "class": str(played.classes[run]), "ended": int(played.ended_turn[run]),
            "courses": {name: played.trajectories[name][run].tolist() for name in names},
            "decisions": {name: played.decisions[name][run].tolist() for name in keys},
        }  # fmt: skip

    def nearest(self, state: State, runs: int, shown: str, turn: int, value: float) -> int:
        """The run whose trajectory passes nearest to a value in a turn."""
        course = self.played(state, runs).trajectories[shown]
        return int(np.abs(course[:, min(max(int(turn), 0), course.shape[1] - 1)] - float(value)).argmin())

    def diverge(self, one: State, other: State, runs: int) -> dict:
        """Two settings with the same random numbers: how many runs part, and over which decisions most do first."""
        left, right = self.played(other, runs), self.played(one, runs)
        names = set(left.decisions) & set(right.decisions)
        parted = first_divergence(
            {name: left.decisions[name] for name in names}, {name: right.decisions[name] for name in names},
            self.columns, left.scenario,
        )  # fmt: skip
        moved = int((left.classes != right.classes).sum())
        first = [
            {
                "label": each.label, "date": each.date, "turn": each.turn, "share": each.share,
                "before": each.left.replace("_", " "), "now": each.right.replace("_", " "),
            }
            for each in parted.first
        ]  # fmt: skip
        return {"runs": parted.pairs, "share": parted.share, "classes_changed": moved / parted.pairs, "first": first}

    def story(self, state: State, runs: int, run: int) -> dict:
        """The story of a run: how it ended and how likely that was, its turning points, and its acts."""
        told = self._explained(state, runs, run)
        acts = [one.to_dict() for one, _ in told.accounts() if one.acted]
        brief = ("turn", "date", "actor", "about", "told", "probability", "decision", "chosen")
        return told.told.to_dict() | {
            "acts": [{name: act[name] for name in brief} for act in acts],
            "lines": list(told.story().lines),
        }

    def receipts(self, state: State, runs: int, run: int, turn: int) -> dict:
        """The receipts of a turn of a run, and for each the smallest changes that would have made it another choice."""
        told = self._explained(state, runs, run)
        found = []
        for account, search in told.accounts(turn):
            if account.had_a_choice:
                found.append(account.to_dict() | {"flips": [flip.to_dict() for flip in search.flips()[:4]]})
        return {"run": run, "turn": turn, "receipts": found}

    def _explained(self, state: State, runs: int, run: int) -> RunExplanation:
        played = self.played(state, runs)
        self._check(run, played)
        key = repr((sorted(state.values.items()), state.drop, run))
        with self.lock:
            if key not in self._stories:
                while len(self._stories) >= 2:
                    self._stories.popitem(last=False)
                model = Simulation(
                    played.scenario, seed=played.seed, stream_numbers=played.stream_numbers[[run]], keep_receipts=True
                ).run_to_end()
                beside = Ensemble(played.runs, played.shares(), played.trajectories)
                self._stories[key] = RunExplanation(model, number=run, ensemble=lambda: beside)
            return self._stories[key]

    @staticmethod
    def _check(run: int, played: Played) -> None:
        if not isinstance(run, int) or not 0 <= run < played.runs:
            raise refused("run", f"expected 0 to {played.runs - 1}, found {run!r}")
