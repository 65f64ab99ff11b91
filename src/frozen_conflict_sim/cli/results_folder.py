"""The results folder of a command: the one that was asked for, or one named after the file and what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .screen.messages import say

if TYPE_CHECKING:
    from ..experiment.study.study import Study

RESULTS = Path("results")
MOST_NAMED = 2


def results_folder(study: Study, out: Path | None, name: str, overwrite: bool, quiet: bool) -> Path:
    """The folder ``out``, or ``results/NAME``; if that holds another study, a folder beside it, named after what differs.

    With ``overwrite``, what the folder holds is removed first.
    """
    from ..experiment.errors import ResultsError
    from ..experiment.store.folder import clear, holds_another

    folder = out or RESULTS / name
    if overwrite:
        clear(folder)
        return folder
    try:
        reason = holds_another(folder, study) if out is None else []
    except (ResultsError, OSError):
        return folder  # it is told where the folder is opened for writing
    if not reason:
        return folder
    beside = _free(folder.with_name(f"{name}-{_name_of(reason)}"), study)
    if not quiet:
        shown = ", ".join(reason[:MOST_NAMED]) + (", …" if len(reason) > MOST_NAMED else "")
        say(f"{folder} holds another study (here {shown}), so this one goes to {beside}; to replace it: --overwrite")
    return beside


def _free(folder: Path, study: Study) -> Path:
    """The first folder of this name, numbered if need be, that holds nothing else."""
    from ..experiment.store.folder import holds_another

    found, number = folder, 1
    while holds_another(found, study):
        number += 1
        found = folder.with_name(f"{folder.name}-{number}")
    return found


def _name_of(reason: list[str]) -> str:
    """What differs, as part of the name of a folder.

    >>> _name_of(["patron.incentives.prestige=0.2", "seed=3"]), _name_of(["a.b", "c", "d", "e"])
    ('prestige=0.2-seed=3', 'b-c-and_2_more')
    """
    from ..files.printable import file_name

    words = ["=".join((pair.partition("=")[0].rpartition(".")[2], *pair.split("=", 1)[1:])) for pair in reason[:MOST_NAMED]]
    more = [f"and_{len(reason) - MOST_NAMED}_more"] if len(reason) > MOST_NAMED else []
    return file_name("-".join([*words, *more]))[:80]
