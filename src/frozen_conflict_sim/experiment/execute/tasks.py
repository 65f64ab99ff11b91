"""What is to be played, cut into pieces, each made when its turn comes: what is in memory is a few pieces, not all runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...scenario import Scenario
from ...scenario.load import declarations
from ..study.extension import Growth
from ..study.scale import thinned
from ..study.study import Piece, Study

BLOCK = 64
SMALL, LEAST, MOST = 128, 256, 1024
PIECES, ROUNDS = 8, 4
MOST_RESIDENTS = 8_000_000  # of all runs of a piece together: each takes some 28 bytes


@dataclass(frozen=True)
class Span:
    """Runs of one variant of one of the studies that a folder was asked for, by their ranks."""

    study: int
    variant: int
    ranks: Sequence[int]


class Pieces(Sequence):
    """Pieces in the order in which they are played."""

    def __init__(self, growth: Growth, spans: list[Span]):
        self.growth, self.spans = growth, spans

    def __len__(self):
        return len(self.spans)

    def __getitem__(self, at) -> Piece:
        span = self.spans[at]
        return self.growth.piece(span.study, span.variant, np.asarray(span.ranks))

    @property
    def runs(self) -> int:
        """How many runs they have together."""
        return sum(len(span.ranks) for span in self.spans)


def cut(growth: Growth, size: int, held: np.ndarray | None = None) -> list[Span]:
    """What is wanted and not ``held`` (a yes or no for each run), breadth first: every variant at the first points, then on.

    Pieces begin at multiples of ``size``, so that what is gone on with is cut as before.
    """
    spans, places = [], []
    for study, variant, ranks in growth.wanted_ranks():
        beginnings = range(0, len(ranks), size)
        places += growth.order(study, variant, np.asarray(ranks[::size])).tolist()
        spans += [Span(study, variant, ranks[begin : begin + size]) for begin in beginnings]
    if held is not None:
        spans = [_missing(growth, span, held) for span in spans]
    return [spans[at] for at in np.argsort(places, kind="stable") if len(spans[at].ranks)]


def _missing(growth: Growth, span: Span, held: np.ndarray) -> Span:
    ranks = np.asarray(span.ranks)
    there = held[growth.numbers(span.study, span.variant, ranks)]
    return Span(span.study, span.variant, ranks[~there]) if there.any() else span


def usual_size(study: Study) -> int:
    """How large pieces are: some eight of them, in whole blocks; a small one takes as long as one of 256.

    Of several variants there are some four rounds over all: what is stopped between two rounds has played each alike. Where
    there are many residents, pieces are smaller, so that memory does not grow with them.
    """
    variants = len(thinned(study).variants)
    most = study.runs // max(PIECES, ROUNDS * variants if variants > 1 else 0)
    fits = max(BLOCK, MOST_RESIDENTS // residents(study.scenario) // BLOCK * BLOCK)
    return min(MOST, fits, max(SMALL if variants > 1 else LEAST, -(-most // BLOCK) * BLOCK))


def residents(scenario: Scenario) -> int:
    """How many residents a run of a scenario has, all territories together."""
    usual = declarations().quantities["residents"].default
    given = [scenario.values.get(("public", name, "residents", "")) for name in scenario.entities["territory"]]
    return int(sum(max(value.numbers) if value else usual for value in given))
