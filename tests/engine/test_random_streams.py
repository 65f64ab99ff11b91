"""Chance: the generator is the published one, and a run's random numbers depend on nothing but its own name."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from frozen_conflict_sim.engine.random_streams import RandomStreams, normal_quantile, philox

# From the file kat_vectors of Random123 [@salmon2011], philox4x32 with ten rounds.
KNOWN_ANSWERS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_the_generator_gives_the_published_answers(counter, key, answer):
    counter, key = ([int(word, 16) for word in words.split()] for words in (counter, key))
    assert [f"{int(word):08x}" for word in philox(*counter, key)] == answer.split()


def test_a_stream_is_the_generator_read_in_order():
    streams = RandomStreams(seed=5, stream_numbers=[2**33 + 7])
    six = streams.uniform("stream", turn=3, count=6)
    assert np.array_equal(six[:2], streams.uniform("stream", 3, 2))
    assert 0.0 < six.min() < six.max() < 1.0


@pytest.mark.parametrize("draw", ["uniform", "normal", "gumbel"])
@given(indices=some.lists(some.integers(0, 2**64 - 1), min_size=1, max_size=40), seed=some.integers(0, 2**64 - 1))
def test_a_run_has_the_same_luck_alone_and_among_many(draw, indices, seed):
    together = getattr(RandomStreams(seed, indices), draw)("a stream", 11, 5)
    for column, index in enumerate(indices):
        assert np.array_equal(together[:, [column]], getattr(RandomStreams(seed, [index]), draw)("a stream", 11, 5))


@pytest.mark.parametrize("chunk", [1, 7, 64, 1000])
def test_chunks_do_not_matter(chunk):
    whole = RandomStreams(77, range(1000)).normal("x/abkhazia", 4, 3)
    parts = [RandomStreams(77, range(1000)[at : at + chunk]).normal("x/abkhazia", 4, 3) for at in range(0, 1000, chunk)]
    assert np.array_equal(whole, np.concatenate(parts, axis=1))


def test_every_part_of_a_name_matters():
    streams = RandomStreams(1, range(500))
    draws = [
        streams.uniform("stream", 0, 2)[0],
        streams.uniform("stream", 0, 2)[1],
        streams.uniform("stream", 1, 1)[0],
        streams.uniform("stream/abkhazia", 0, 1)[0],
        RandomStreams(2, range(500)).uniform("stream", 0, 1)[0],
        RandomStreams(1, range(2**32, 2**32 + 500)).uniform("stream", 0, 1)[0],
    ]
    correlations = np.corrcoef(draws) - np.eye(len(draws))
    assert np.abs(correlations).max() < 0.15


def test_uniform_numbers_are_uniform():
    drawn = RandomStreams(3, range(20000)).uniform("uniform", 2, 8)
    counts, _ = np.histogram(drawn, bins=100, range=(0.0, 1.0))
    expected = drawn.size / 100
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    assert 58.0 < chi_square < 150.0  # 99 degrees of freedom, far out on both sides


def test_neighbouring_runs_turns_and_places_are_independent():
    drawn = np.stack([RandomStreams(9, range(2000)).uniform("s", turn, 4) for turn in range(20)]) - 0.5
    for pairs in (drawn[1:] * drawn[:-1], drawn[:, 1:] * drawn[:, :-1], drawn[..., 1:] * drawn[..., :-1]):
        assert abs(float(pairs.mean()) * 12) < 5.0 / math.sqrt(pairs.size)


def test_normal_and_gumbel_numbers_have_their_moments():
    streams = RandomStreams(4, range(50000))
    normal, gumbel = streams.normal("n", 0, 1)[0], streams.gumbel("g", 0, 1)[0]
    assert abs(normal.mean()) < 0.02
    assert abs(normal.std() - 1.0) < 0.02
    assert abs(gumbel.mean() - 0.5772) < 0.03
    assert abs(gumbel.std() - math.pi / math.sqrt(6)) < 0.03


@given(share=some.floats(2.0**-33, 1.0 - 2.0**-33))
def test_the_normal_quantile_is_accurate(share):
    exact = NormalDist().inv_cdf(share)
    assert abs(float(normal_quantile(np.array([share]))[0]) - exact) <= 2e-9 * max(1.0, abs(exact))
