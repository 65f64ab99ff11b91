"""A replay as plain data, and as a folder of files for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from ..engine.arrays.receipts import Receipt
from ..experiment.errors import FolderTaken
from ..experiment.store.files import make_folder, write_atomically
from .replay import Replay

RUN, RECEIPTS, SCENARIO = "run.json", "receipts.json", "scenario.yaml"
TABLES = ("trajectories", "decisions")


def about(replay: Replay) -> dict:
    """The run as plain data without its turns: identity, values, outcomes, and whether it is the stored one."""
    kinds = {name: column.kind for name, column in replay.columns.items()}
    outcomes = {name: value for name, value in replay.values.items() if kinds.get(name) == "outcome"}
    return {
        "title": replay.title,
        "run": replay.run,
        "seed": replay.seed,
        "equal_to_stored": replay.equal,
        "differing": list(replay.differing),
        "notes": list(replay.notes),
        "values": {name: value for name, value in replay.values.items() if name not in outcomes and name != "run"},
        "outcomes": outcomes,
    }


def to_dict(replay: Replay) -> dict:
    """The whole run as plain data; arrays have one entry a turn, and numbers in single precision their shortest form."""
    turns = {name: _lists(getattr(replay, name)) for name in TABLES}
    return {**about(replay), "dates": list(replay.trajectories.index), **turns, "receipts": receipts(replay)}


def receipts(replay: Replay) -> list[dict]:
    """Why everybody decided as they did: one entry for each decision, turn and member it is about, in the order of play."""
    found, setting = [], replay.model.setting
    for receipt in replay.receipts:
        for at, member in enumerate(receipt.members):
            options = [_option(receipt, index, at) for index in range(len(receipt.decision.options))]
            chosen = receipt.decision.options[receipt.chosen[at, 0]].name
            what = {"decision": receipt.decision.key, "about": member, "chosen": chosen}
            found.append({"turn": receipt.turn + 1, "date": setting.date(receipt.turn), **what, "options": options})
    return found


def _option(receipt: Receipt, index: int, at: int) -> dict:
    """What an option was worth to the one who decided; a contribution is weight times amount, as the choice rule values it."""
    option = receipt.decision.options[index]
    parts = {"amount": receipt.amounts, "weight": receipt.weights, "contribution": receipt.contributions}
    return {
        "option": option.name,
        "utility": float(receipt.utilities[index, at, 0]),
        "choice_noise": float(receipt.choice_noise[index, at, 0]),
        "score": float(receipt.scores[index, at, 0]),
        "probability": float(receipt.probabilities[index, at, 0]),
        "status": receipt.status(index, at, 0),
        "incentives": {
            incentive.name: {part: float(arrays[option.name][incentive.name][at, 0]) for part, arrays in parts.items()}
            for incentive in option.incentives
        },
    }


def write(replay: Replay, folder: Path) -> list[Path]:
    """Write a replay as a new folder; the files.

    ``scenario.yaml`` has the values of the run: played with the seed and the stream number in ``run.json`` it gives the same
    run. Raises ``FolderTaken`` if the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(f"{folder} exists already; choose another folder with --out")
    make_folder(folder)
    texts = {
        RUN: json.dumps(about(replay), ensure_ascii=False, indent=1, allow_nan=False) + "\n",
        **{f"{name}.csv": getattr(replay, name).to_csv(lineterminator="\n") for name in TABLES},
        RECEIPTS: json.dumps(receipts(replay), ensure_ascii=False, indent=1, allow_nan=False) + "\n",
        SCENARIO: replay.scenario.to_yaml(),
    }
    for name, text in texts.items():
        write_atomically(folder / name, text.encode())
    return [folder / name for name in texts]


def _lists(table: pd.DataFrame) -> dict[str, list]:
    return {name: [_shortest(value) for value in table[name]] for name in table.columns}


def _shortest(value) -> float | str:
    """A number in the shortest form that gives the same number in single precision."""
    return value if isinstance(value, str) else float(str(value))
