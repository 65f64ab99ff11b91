"""Named random streams, counter-based: a number is a pure function of seed, stream number, stream, turn and place.

No number depends on the order of draws, so a run has the same numbers alone, in a batch, in any task and on any worker; and
two runs with one stream number differ only by what was set differently. The generator is Philox4x32 with ten rounds (Salmon,
Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from .numerics import at_most, either, log, square_root
from .whole import check_whole

# The stream number of an experiment's run has the replicate in its low bits and the draw of the design in those above.
COUNT_BITS = 24
# Draws of at most so many numbers are drawn for so many turns at once, and as many such draws are kept.
FEW, TURNS_AHEAD, MOST_AHEAD = 64, 16, 4096

_MULTIPLY = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_STEP = (np.uint64(0x9E3779B9), np.uint64(0xBB67AE85))
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def philox(place, turn, stream_low, stream_high, key: tuple[int, int]) -> np.ndarray:
    """Four words of 32 random bits for each counter, shape ``(4, …)``; the arguments are broadcast against each other."""
    counter = np.broadcast_arrays(*(np.asarray(word, np.uint64) for word in (place, turn, stream_low, stream_high)))
    return np.stack(scrambled(counter, [np.uint64(word) for word in key]))


def scrambled(counter, key):
    """The ten rounds of Philox: four words of 32 bits from a counter of four words and a key of two."""
    (a, b, c, d), (first, second) = counter, key
    for _ in range(10):
        left, right = a * _MULTIPLY[0], c * _MULTIPLY[1]
        a, b, c, d = (right >> _HALF) ^ b ^ first, right & _LOW, (left >> _HALF) ^ d ^ second, left & _LOW
        first, second = (first + _STEP[0]) & _LOW, (second + _STEP[1]) & _LOW
    return [a, b, c, d]


@lru_cache(maxsize=65536)
def key_of(seed: int, stream: str) -> tuple[int, int]:
    """The key of a stream under a seed: two words of 32 bits."""
    digest = blake2b(f"{seed}/{stream}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def numbered(runs: int) -> np.ndarray:
    """The stream numbers of so many runs, from 0. Raises ``ValueError`` for anything but a whole number of at least 1."""
    check_whole("runs", runs)
    return np.arange(runs)


class RandomStreams:
    """The random numbers of some runs, by stream and turn.

    ``stream_numbers`` has one number for each run: runs with the same number use the same random numbers. Raises
    ``ValueError`` for a seed that is no whole number.
    """

    def __init__(self, seed: int, stream_numbers):
        check_whole("seed", seed, 0)
        self.seed = int(seed)
        self.stream_numbers = np.asarray(stream_numbers, np.uint64)
        self._low, self._high = self.stream_numbers & _LOW, self.stream_numbers >> _HALF
        self.quick: Callable | None = None
        self._quick_for: Callable[[RandomStreams], Callable] | None = None
        self._ahead: dict[tuple, np.ndarray] = {}

    def __reduce__(self):
        return RandomStreams, (self.seed, self.stream_numbers)

    def draw_by(self, quick_for: Callable[[RandomStreams], Callable]) -> None:
        """Draw from now on by the compiled code that ``quick_for`` makes for some streams; a copy does without."""
        self._quick_for, self.quick = quick_for, quick_for(self)

    def of_runs(self, stream_numbers) -> RandomStreams:
        """The random numbers of other runs under the same seed, drawn in the same way."""
        other = RandomStreams(self.seed, stream_numbers)
        if self._quick_for:
            other.draw_by(self._quick_for)
        return other

    def uniform(self, stream: str, turn: int, count: int) -> np.ndarray:
        """Uniform numbers strictly between 0 and 1, shape ``(count, runs)``."""
        return self._numbers("uniform", stream, turn, count)

    def normal(self, stream: str, turn: int, count: int) -> np.ndarray:
        """Standard normal numbers, shape ``(count, runs)``."""
        return self._numbers("normal", stream, turn, count)

    def gumbel(self, stream: str, turn: int, count: int) -> np.ndarray:
        """Standard Gumbel numbers, shape ``(count, runs)``; added to utilities, the largest sum is a logit choice."""
        return self._numbers("gumbel", stream, turn, count)

    def _numbers(self, law: str, stream: str, turn: int, count: int) -> np.ndarray:
        """Numbers of a turn; of a small draw, those of the turns around it are drawn along, since they cost next to nothing."""
        if self.quick:
            return self.quick(law, stream, turn, count)
        if count * len(self.stream_numbers) > FEW:
            return self._drawn(law, stream, np.array([turn]), count)[0]
        first = turn - turn % TURNS_AHEAD
        key = law, stream, first, count
        if key not in self._ahead:
            if len(self._ahead) >= MOST_AHEAD:
                self._ahead.clear()
            self._ahead[key] = self._drawn(law, stream, np.arange(first, first + TURNS_AHEAD), count)
        return self._ahead[key][turn - first]

    def _drawn(self, law: str, stream: str, turns: np.ndarray, count: int) -> np.ndarray:
        """Numbers of several turns, shape ``(turn, count, runs)``."""
        blocks = np.arange((count + 3) // 4, dtype=np.uint64)[:, None]
        bits = philox(blocks, turns[:, None, None], self._low, self._high, key_of(self.seed, stream))
        bits = bits.transpose(1, 2, 0, 3).reshape(len(turns), -1, len(self.stream_numbers))[:, :count]
        return LAWS[law](share_of(bits.astype(np.float64)))


def share_of(bits):
    """A number strictly between 0 and 1 from 32 random bits."""
    return (bits + 0.5) * 2.0**-32


def gumbel_quantile(share):
    """The standard Gumbel quantile."""
    return -log(-log(share))


_A = (-3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02, 1.383577518672690e02, -3.066479806614716e01, 2.506628277459239e00)  # fmt: skip
_B = (-5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02, 6.680131188771972e01, -1.328068155288572e01, 1.0)  # fmt: skip
_C = (-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00, -2.549732539343734e00, 4.374664141464968e00, 2.938163982698783e00)  # fmt: skip
_D = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00, 1.0)


def _horner(terms, x):
    result = x * 0.0
    for term in terms:
        result = result * x + term
    return result


def normal_quantile(share: np.ndarray) -> np.ndarray:
    """The standard normal quantile by Acklam's rational approximation (relative error below 1.2e-9)."""
    middle = share - 0.5
    square = middle * middle
    centre = middle * _horner(_A, square) / _horner(_B, square)
    tail = square_root(-2.0 * log(at_most(share, 1.0 - share)))
    outer = _horner(_C, tail) / _horner(_D, tail)
    outer = either(share < 0.5, outer, -outer)
    return either(abs(middle) > 0.47575, outer, centre)


LAWS = {"uniform": lambda share: share, "normal": normal_quantile, "gumbel": gumbel_quantile}
