"""What the page may ask, each as one function of the question: the interface between page and engine."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from ..experiment.execute.workers import processors
from ..live import LiveEnsemble
from ..model.back_end import foresee
from ..scenario import Scenario
from .description import chairs_of, describe
from .dilemma_map import dilemma_map
from .part import Parts
from .sensitivity import most_moving
from .state import State, refused, state_of
from .world import World

WHILE_MOVING = 128  # runs while a slider moves, as main.js asks for them
OFTEN = 1_000  # plays in a session, for which optimised code pays


class Answers:
    """Answers the questions of one page about one scenario; ``opening`` is the setting with which it opens."""

    def __init__(self, scenario: Scenario, name: str, runs: int = 256, seed: int = 1, opening: dict | None = None):
        self.name, self.opening = name, {"values": opening or {}, "drop": []}
        self.ensemble = LiveEnsemble(scenario, runs, seed, kept=8, threads=processors())
        self.world, self.parts = World(self.ensemble), Parts(seed)
        self.asked = {name.removeprefix("ask_"): getattr(self, name) for name in dir(self) if name.startswith("ask_")}
        self._ranked: dict[str, float] | None = None

    def prepare(self, background: bool = True) -> None:
        """Build what every page needs first; what moves while a slider does, and the ranks of sliders, in the background."""
        self.ensemble.prepare()
        if background:
            Thread(target=self._in_background, daemon=True).start()

    def _in_background(self) -> None:
        foresee(self.ensemble.scenario, self.ensemble.runs, OFTEN)
        self.ensemble.prepare(runs=min(WHILE_MOVING, self.ensemble.runs))
        self.ask_sensitivity({})

    @property
    def description(self) -> dict:
        """What the page shows before anything is played."""
        if not hasattr(self, "_description"):
            self._description = describe(self.ensemble, self.name, self.opening) | {
                "chairs": chairs_of(self.ensemble.scenario),
                "live": "live" in self.asked,
            }
        return self._description

    def ask_describe(self, question: dict) -> dict:
        """The declarations, the events, the charts."""
        return self.description

    def ask_play(self, question: dict) -> dict:
        """The runs of a setting, as the charts show them."""
        return self.world.play(State.of(question), _whole(question, "runs"), _text(question, "shown"))

    def ask_follow(self, question: dict) -> dict:
        """One run through every chart: the run ``run``, or the one nearest to ``value`` in ``turn``."""
        state, runs = State.of(question), _whole(question, "runs")
        run = question.get("run")
        if run is None:
            run = self.world.nearest(
                state, runs, _text(question, "shown"), _whole(question, "turn"), _number(question, "value")
            )
        return self.world.follow(state, runs, run, [chart["name"] for chart in self.description["charts"]])

    def ask_story(self, question: dict) -> dict:
        """The story of a run."""
        return self.world.story(State.of(question), _whole(question, "runs"), _whole(question, "run"))

    def ask_receipts(self, question: dict) -> dict:
        """The receipts of a turn (counted from 1) of a run, with flips."""
        state, runs = State.of(question), _whole(question, "runs")
        return self.world.receipts(state, runs, _whole(question, "run"), _whole(question, "turn"))

    def ask_diverge(self, question: dict) -> dict:
        """Where two settings with the same random numbers part."""
        return self.world.diverge(State.of(question), State.of(question.get("other")), _whole(question, "runs"))

    def ask_map(self, question: dict) -> dict:
        """The map of the dilemma under a setting."""
        return {"map": dilemma_map(self.ensemble, State.of(question))}

    def ask_sensitivity(self, question: dict) -> dict:
        """How far each number moves the first chart, the largest first."""
        if self._ranked is None:
            keys = [
                control["key"] for control in self.description["controls"] if control["kind"] == "number" and control["moves"]
            ]
            self._ranked = most_moving(self.ensemble, keys, self.description["shown"])
        return {"moves": self._ranked, "of": self.description["shown"]}

    def ask_still(self, question: dict) -> dict:
        """The keys that move nothing under the words of a setting."""
        return {"still": list(self.ensemble.still(State.of(question).on(self.ensemble.scenario)))}

    def ask_yaml(self, question: dict) -> dict:
        """The setting as a scenario file with nothing but what differs."""
        state = State.of(question)
        state.on(self.ensemble.scenario)
        return {"yaml": state.to_yaml(self.name)}

    def ask_load(self, question: dict) -> dict:
        """The setting that a scenario file describes."""
        path = Path(self.ensemble.scenario.path)
        state = state_of(_text(question, "yaml"), self.ensemble.scenario, path.parent)
        return {"values": dict(state.values), "drop": list(state.drop)}

    def ask_part(self, question: dict) -> dict:
        """The next turn of an actor whose player made ``choices`` so far; with ``odds``, how such runs end."""
        scenario = State.of(question).on(self.ensemble.scenario)
        choices, odds = question.get("choices", []), bool(question.get("odds"))
        return self.parts.turn(scenario, _text(question, "chair"), choices, _whole(question, "run"), odds)


def _whole(question: dict, name: str) -> int:
    value = question.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 24:
        raise refused(name, f"expected a whole number, found {value!r}")
    return value


def _number(question: dict, name: str) -> float:
    value = question.get(name)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise refused(name, f"expected a number, found {value!r}")
    return float(value)


def _text(question: dict, name: str) -> str:
    value = question.get(name)
    if not isinstance(value, str):
        raise refused(name, f"expected a text, found {value!r}")
    return value
