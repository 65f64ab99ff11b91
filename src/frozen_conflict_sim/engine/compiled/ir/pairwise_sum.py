"""The order of additions of a pairwise sum, so that the first rounds can be done while the values are still in registers."""

from __future__ import annotations


class PairwiseSum:
    """The partial sums after some rounds of :func:`~...numerics.ordered_sum` over ``count`` values.

    >>> order = PairwiseSum(10, rounds=2)
    >>> order.term(0), order.term(1), order.term(2), order.regular, order.step
    (((0, 1), (2, 3)), ((4, 5), (6, 7)), (8, 9), 2, 4)
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
        """The number of leading partial sums that equal the first, moved by ``step`` for each: one loop computes them."""
        positions, first = range(self.remaining), self.term(0)
        return next((at for at in positions if self.term(at) != _moved(first, at * self.step)), self.remaining)

    @property
    def step(self) -> int:
        """How many values lie between the first of one partial sum and the first of the next."""
        return 2 ** (len(self.lengths) - 1)

    def term(self, position: int, rounds: int | None = None):
        """The partial sum at a position as nested pairs of indices of values."""
        rounds = len(self.lengths) - 1 if rounds is None else rounds
        if rounds == 0:
            return position
        half = self.lengths[rounds - 1] // 2
        if position == half:  # an odd value without a partner
            return self.term(2 * half, rounds - 1)
        return self.term(2 * position, rounds - 1), self.term(2 * position + 1, rounds - 1)


def _moved(sum_of, by: int):
    return tuple(_moved(part, by) for part in sum_of) if isinstance(sum_of, tuple) else sum_of + by
