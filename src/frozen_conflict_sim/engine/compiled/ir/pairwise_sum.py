"""The order of additions of a pairwise sum, so that the first rounds can be done while the values are still in registers."""

from __future__ import annotations


class PairwiseSum:
    """The partial sums after some rounds of :func:`~...numerics.ordered_sum` over ``count`` values.

    >>> order = PairwiseSum(10, rounds=2)
    >>> order.term(0), order.term(1), order.term(2), order.regular
    (((0, 5), (2, 7)), ((1, 6), (3, 8)), (4, 9), 2)
    """

    def __init__(self, count: int, rounds: int):
        self.lengths = [count]
        while len(self.lengths) <= rounds and self.lengths[-1] > 1:
            self.lengths.append((self.lengths[-1] + 1) // 2)

    @property
    def remaining(self) -> int:
        """The number of partial sums."""
        return self.lengths[-1]

    @property
    def regular(self) -> int:
        """The number of leading partial sums that equal the first, shifted by their position: one loop computes them."""
        positions = range(self.remaining)
        return next(
            (position for position in positions if self.term(position) != _moved(self.term(0), position)), self.remaining
        )

    def term(self, position: int, rounds: int | None = None):
        """The partial sum at a position as nested pairs of indices of values."""
        rounds = len(self.lengths) - 1 if rounds is None else rounds
        if rounds == 0:
            return position
        half = self.lengths[rounds - 1] // 2
        if position == half:  # an odd value without a partner
            return self.term(2 * half, rounds - 1)
        return self.term(position, rounds - 1), self.term(position + half, rounds - 1)


def _moved(sum_of, by: int):
    return tuple(_moved(part, by) for part in sum_of) if isinstance(sum_of, tuple) else sum_of + by
