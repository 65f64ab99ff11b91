"""The order in which halving adds up values, so that a sum can begin while they are still at hand."""

from __future__ import annotations


class PairwiseSum:
    """What stands at each place after some rounds of :func:`~..words.ordered_sum` over ``count`` values.

    >>> order = Halving(10, rounds=2)
    >>> order.at(0), order.at(1), order.at(2), order.alike
    (((0, 5), (2, 7)), ((1, 6), (3, 8)), (4, 9), 2)
    """

    def __init__(self, count: int, rounds: int):
        self.lengths = [count]
        while len(self.lengths) <= rounds and self.lengths[-1] > 1:
            self.lengths.append((self.lengths[-1] + 1) // 2)

    @property
    def left(self) -> int:
        """How many sums are left to be added up."""
        return self.lengths[-1]

    @property
    def regular(self) -> int:
        """How many sums, from the first on, are made of values that stand just one place further on each time."""
        layout = range(self.left)
        return next((place for place in layout if self.at(place) != _moved(self.at(0), place)), self.left)

    def at(self, place: int, rounds: int | None = None):
        """The sum at a place as nested pairs; each number is the place of a value."""
        rounds = len(self.lengths) - 1 if rounds is None else rounds
        if rounds == 0:
            return place
        half = self.lengths[rounds - 1] // 2
        if place == half:  # one too many for a pair
            return self.at(2 * half, rounds - 1)
        return self.at(place, rounds - 1), self.at(place + half, rounds - 1)


def _moved(sum_of, by: int):
    return tuple(_moved(part, by) for part in sum_of) if isinstance(sum_of, tuple) else sum_of + by
