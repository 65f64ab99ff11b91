"""A study cut into pieces, each made when its turn comes: what is in memory is a few pieces, not all runs."""

from __future__ import annotations

from collections.abc import Sequence

from .study import Piece, Study

BLOCK = 64
LEAST, MOST = 256, 1024

Span = tuple[int, int, int]


class Pieces(Sequence):
    """Pieces of a study, in the order of their first runs."""

    def __init__(self, study: Study, spans: list[Span]):
        self.study = study
        self.spans = sorted(spans, key=lambda span: study.first_run(*span[:2]))

    def __len__(self):
        return len(self.spans)

    def __getitem__(self, at) -> Piece:
        return self.study.piece(*self.spans[at])


def cut(study: Study, size: int, parts: list[dict] = ()) -> list[Span]:
    """What a study has and no part holds, as (variant, first, last).

    Pieces begin at multiples of ``size``, so that a resumed study is cut as before.
    """
    return [
        (variant, begin, min(last, begin // size * size + size - 1))
        for variant in range(len(study.variants))
        for first, last in _gaps(study.length(variant), [part for part in parts if part["variant"] == variant])
        for begin in (first, *range(first // size * size + size, last + 1, size))
    ]


def _gaps(length: int, parts: list[dict]) -> list[tuple[int, int]]:
    gaps, begin = [], 0
    for part in sorted(parts, key=lambda part: part["first"]):
        gaps.append((begin, part["first"] - 1))
        begin = max(begin, part["last"] + 1)
    gaps.append((begin, length - 1))
    return [(first, last) for first, last in gaps if first <= last]


def usual_size(runs: int) -> int:
    """The size of pieces: about eight of them, in whole blocks; a small piece takes as long as one of 256.

    >>> usual_size(200), usual_size(5000), usual_size(10**6)
    (256, 640, 1024)
    """
    return min(MOST, max(LEAST, -(-runs // (8 * BLOCK)) * BLOCK))
