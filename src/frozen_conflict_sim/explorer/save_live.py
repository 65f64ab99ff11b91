"""Save the setting of a served page as a live file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..engine.compiled.ir.symbols import NotCompilable
from ..scenario import load_scenario
from .answers import Answers
from .live.check import NotEqual
from .live.file import live_file
from .state import State, refused


def offer_live_file(answers: Answers) -> None:
    """Let the page of ``answers`` ask for a live file of its setting."""

    def live(question: dict) -> dict:
        """The setting as one file in which the model plays without Python."""
        state, base = State.of(question), answers.ensemble.scenario
        state.on(base)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "explored.yaml")
            path.write_text(state.to_yaml(base.path), "utf-8")
            scenario = load_scenario(path)
        try:
            return {"html": live_file(scenario, answers.name, seed=answers.ensemble.seed).html}
        except (NotCompilable, NotEqual) as reason:
            raise refused("live file", f"none can be made of this setting: {reason}") from None

    answers.asked["live"] = live
