"""What an agent answers when it is asked to decide or to vote, and what that means as indices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np


@dataclass(frozen=True)
class Ballot:
    """A vote of one public: the ``candidates`` by name, and ``held``, in which runs the vote is held.

    ``seen`` has for each candidate the values that residents read, shape ``(run,)``; ``voters`` is the trait of those who may
    vote; ``otherwise`` is the index of the winner where nobody votes.
    """

    candidates: tuple[str, ...]
    held: np.ndarray
    seen: list[dict[str, np.ndarray]]
    voters: str
    otherwise: np.ndarray


def indices(answer, names: Sequence[str], members: Sequence[str], runs: int, who: str) -> np.ndarray:
    """The indices of the chosen names, shape ``(member, run)``; ``None`` is the first.

    >>> indices({"abkhazia": "ask"}, ["hold", "ask"], ["abkhazia", "south_ossetia"], 1, "Moscow")
    array([[1],
           [0]])

    Raises ``ValueError`` if the answer names something that is no option or no member, or has another shape.
    """
    if isinstance(answer, dict):
        for member in answer:
            _known(member, members, who, "is not asked about")
        return np.concatenate([indices(answer.get(member), names, [member], runs, who) for member in members])
    answer = np.asarray(names[0] if answer is None else answer)
    if answer.dtype.kind in "UO":
        answer = np.array([_known(each, names, who, "knows no option") for each in answer.ravel()]).reshape(answer.shape)
    usable = np.isin(answer, range(len(names))) if answer.dtype.kind in "biuf" else np.zeros(answer.shape, bool)
    if not usable.all():
        found = answer[~usable][0].item()
        raise ValueError(f"{who}: expected a name, or an index from 0 to {len(names) - 1} without decimals, found {found!r}")
    try:
        return np.broadcast_to(answer.astype(int), (len(members), runs))
    except ValueError:
        shape = f"({len(members)}, {runs})"
        raise ValueError(
            f"{who}: expected one answer, or an array of the shape ({runs},) or {shape}, found {answer.shape}"
        ) from None


def _known(name, known: Sequence[str], who: str, what: str) -> int:
    if name is None:
        return 0
    if name not in known:
        close = get_close_matches(str(name), known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"it is one of {', '.join(known)}"
        raise ValueError(f"{who} {what} {str(name)!r}; {hint}")
    return list(known).index(name)
