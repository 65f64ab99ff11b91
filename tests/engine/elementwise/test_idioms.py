"""What users of Python and NumPy write in a rule means the same for single numbers, in arrays and in compiled code."""

import numpy as np
import pytest

from frozen_conflict_sim.engine import numerics
from frozen_conflict_sim.engine.compiled.ir.builder import DOUBLE, SINGLE
from frozen_conflict_sim.engine.compiled.ir.symbols import NotCompilable
from frozen_conflict_sim.engine.elementwise.exact import exactly
from frozen_conflict_sim.engine.numerics import either, exp
from tests.engine.compiled.machine_code_of import in_machine_code

IDIOMS = """
x ** 2 * y; x ** 3; x ** -2; x ** 0; x ** 0.5; x ** 1.7; x ** y; 2 ** x; 2.0 ** -x
either(x != 0.3, y, 0.0); either(x != y, y, 0.0); x > 0.5; not x > 0.5; x and y; x or y; 1.0 if x > 0.5 else 0
y if x > 0.2 else 0.0; x if 0.2 < x < 0.7 and not y > 0.6 else y; x if x > 0.5 or y > 0.5 else 0.25
np.maximum(x, 0.2) * y; np.minimum(x, y); max(x, 0.2) * y; min(x, y, 0.5); max([x, y, 0.1])
np.exp(x) - np.exp(-y); np.exp(-x * x); np.log(x + 0.5); np.log(x); np.log1p(x) + np.expm1(y); np.log10(x) + np.log2(y)
np.sqrt(x); np.square(x); np.power(x, 2); np.power(x, 1.5); np.hypot(x, y); np.tanh(x); np.reciprocal(x + 2)
np.where(x > y, x, 1.0); np.where(x, y, 1.0); np.where((x > 0.2) & (y < 0.7), x, y); np.where((x > 0.2) | ~(y < 0.7), x, y)
np.where(np.logical_and(x > 0.2, y), x, y); np.where(np.logical_not(x > y), x, y); np.heaviside(x, 0.5)
np.clip(x, 0.1, 0.6); np.clip(x, a_min=0.1, a_max=None); x.clip(0.1, 0.6); np.abs(x - y); abs(x - y); np.fabs(x); np.sign(x)
np.floor(5 * x) + np.ceil(5 * y); np.round(x * 10); np.round(x, 1); round(x, 1); round(x); np.rint(x * 4); np.trunc(x * 4)
x // 0.3; x % 0.3; -x % 0.3; (x > 0.2) * y; (x > 0.2) + (y > 0.4); (x > 0.2) - (y > 0.4); -(x > 0.2); np.isnan(x) + 0.0; +x
np.where((x > 0.2) ^ (y < 0.7), x, y); (x > 0.2) ^ True; True ^ (x > 0.2); np.logical_xor(x > 0.2, y); (x > 0) & True | (y > 2)
sum([x, y, x * y]); np.sum([x, y], axis=0); np.mean([x, y, x], axis=0); np.max([x, y], axis=0); np.min([x, y], axis=0)
np.float64(2.0) * x + np.float64(0.5); numerics.exp(x); numerics.at_least(x, y); exp(x) ** 2
"""
IDIOMS = [idiom.strip() for line in IDIOMS.strip().splitlines() for idiom in line.split(";")]
NAMES = {"np": np, "numerics": numerics, "either": either, "exp": exp}


def rule(idiom):
    """A function of two numbers with an idiom as its result."""
    return eval(f"lambda x, y: {idiom}", dict(NAMES))


def sample():
    """Pairs of numbers: edges, ties, signed zeros, numbers below zero and ordinary ones."""
    chance = np.random.default_rng(1)
    x = [0.0, -0.0, 0.3, 0.2, 0.5, 1.0, -1.0, 2.5, 1e-310, 1e30, -3.0, 0.05, 0.25]
    y = [0.0, 0.5, 0.3, 0.2, -0.0, 1.0, 2.0, -2.5, 1.0, 0.5, 2.0, 0.7, 0.25]
    return np.array([*x, *chance.uniform(-1, 3, 87)]), np.array([*y, *chance.uniform(-1, 3, 87)])


def bits(values, like):
    """The bytes of values, any NaN as the same."""
    values = np.broadcast_to(np.asarray(values, like.dtype), like.shape)
    return np.where(np.isnan(values), np.nan, values).astype(like.dtype).tobytes()


@pytest.mark.parametrize("precision", [DOUBLE, SINGLE], ids=["double", "single"])
@pytest.mark.parametrize("idiom", IDIOMS)
def test_arrays_and_compiled_code_agree_to_the_last_bit(idiom, precision):
    kind = {"double": np.float64, "float": np.float32}[precision.name]
    x, y = (values.astype(kind) for values in sample())
    assert bits(exactly(rule(idiom), [x, y]), x) == bits(in_machine_code(rule(idiom), x, y, precision=precision), x)


@pytest.mark.parametrize("idiom", IDIOMS)
def test_a_run_alone_has_the_same_bits_as_among_others(idiom):
    x, y = sample()
    together = np.broadcast_to(exactly(rule(idiom), [x, y]), x.shape)
    alone = [exactly(rule(idiom), [x[at : at + 1], y[at : at + 1]]) for at in range(len(x))]
    assert bits([np.ravel(one)[0] for one in alone], x) == bits(together, x)


@pytest.mark.parametrize("idiom", [idiom for idiom in IDIOMS if "x.clip" not in idiom and "~" not in idiom])
def test_the_meaning_is_that_of_python(idiom):
    x, y = (values[30:] for values in sample())
    found = np.broadcast_to(exactly(rule(idiom), [x, y]), x.shape)
    with np.errstate(all="ignore"):
        wanted = [rule(idiom)(float(one), float(other)) for one, other in zip(x, y)]
    # Python's root of a number below zero is a complex number.
    wanted = [np.nan if isinstance(number, complex) else float(number) for number in wanted]
    assert found == pytest.approx(np.array(wanted), rel=1e-13, abs=1e-15, nan_ok=True)


def test_nothing_changes_what_a_rule_reads():
    def shifting(x, y):
        x += 1.0
        return x * y

    x, y = sample()
    before = x.copy()
    assert bits(exactly(shifting, [x, y]), x) == bits((before + 1.0) * y, x)
    assert x.tobytes() == before.tobytes()


def test_what_is_not_known_is_played_and_cannot_be_compiled():
    x, y = sample()
    assert exactly(lambda x, y: np.sin(x) * y, [x, y]) == pytest.approx(np.sin(x) * y)
    with pytest.raises(NotCompilable, match=r"it calls np\.sin"):
        in_machine_code(lambda x, y: np.sin(x) * y, x, y)
