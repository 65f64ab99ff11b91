"""The quantile of a trait, found by bisection and counting: the value with a given number of values below it."""

from __future__ import annotations

from ...ir.builder import DOUBLE, LoopBody
from ...ir.operations import at_least, both, select
from ...ir.symbols import Symbol

ROUNDS = 200
AT, LOW, HIGH, BELOW, UP_TO = range(5)
STATE_ROWS = 5
POINTERS = ("traits", "shares", "network", "published", "sums", "result")


def emit_quantile(builder, trait: str, among: str) -> None:
    """Emit the quantile of a trait among the residents who have ``among``, as :meth:`PopulationState.quantiles` finds it.

    Between ``low``, which has too few values up to it, and ``high``, which has enough, three numbers are tried at a time, until
    one value alone is left or none lies between. The shares are numbers of double precision.
    """
    declared = builder.declared.traits[trait]
    with builder.each_resident("values of those who count; others lie above the bounds") as body:
        value = select(builder.read(body, among) > 0.5, builder.read(body, trait), declared.high + 1.0)
        builder.store(body, "%published", 0, value, body.resident)
    builder.max_published = max(builder.max_published, 1)
    builder.emit_sums("number of those who count", lambda body: [select(builder.read(body, among) > 0.5, 1.0, 0.0)])
    with builder.straight_line() as body:
        last = at_least(builder.sum_of(body, 0) - 1.0, 0.0)
        for row, start in (
            (AT, _rank(builder, body, last)),
            (LOW, declared.low - 1.0),
            (HIGH, declared.high + 1.0),
            (BELOW, 0.0),
            (UP_TO, float(builder.residents)),
        ):
            builder.store(body, "%result", row, start)
    with builder.module.counted_loop(str(ROUNDS)):
        with builder.straight_line() as body:
            low, _, middle, _, high = _between(builder, body)
            several = _state(builder, body, UP_TO) - _state(builder, body, BELOW) > 1.5
            open_still = body.any(both(several, both(low < middle, middle < high)))
        with builder.module.conditional(open_still):
            builder.emit_sums("numbers up to each trial value", lambda body: _counted(builder, body))
            with builder.straight_line() as body:
                low, *tried, high = _between(builder, body)
                below, up_to = _state(builder, body, BELOW), _state(builder, body, UP_TO)
                for place, number in enumerate(tried):
                    count = builder.sum_of(body, place)
                    too_few = count <= _state(builder, body, AT)
                    low, below = select(too_few, number, low), select(too_few, count, below)
                for place, number in reversed(list(enumerate(tried))):
                    count = builder.sum_of(body, place)
                    enough = count > _state(builder, body, AT)
                    high, up_to = select(enough, number, high), select(enough, count, up_to)
                for row, value in ((LOW, low), (HIGH, high), (BELOW, below), (UP_TO, up_to)):
                    builder.store(body, "%result", row, value)
    builder.emit_sums("the only value between", lambda body: [_alone(builder, body)])
    with builder.straight_line() as body:
        several = _state(builder, body, UP_TO) - _state(builder, body, BELOW) > 1.5
        found = select(several, _state(builder, body, HIGH), builder.sum_of(body, 0))
        builder.store(body, "%result", AT, select(found > declared.high, declared.high, found))


def _state(builder, body: LoopBody, row: int) -> Symbol:
    return builder.row(body, "%result", row)


def _between(builder, body):
    low, high = _state(builder, body, LOW), _state(builder, body, HIGH)
    middle = (low + high) * 0.5
    return low, (low + middle) * 0.5, middle, (middle + high) * 0.5, high


def _value(builder, body):
    return builder.row(body, "%published", 0, body.resident)


def _counted(builder, body):
    return [select(_value(builder, body) <= number, 1.0, 0.0) for number in _between(builder, body)[1:-1]]


def _alone(builder, body):
    value = _value(builder, body)
    return select(both(value > _state(builder, body, LOW), value <= _state(builder, body, HIGH)), value, 0.0)


def _rank(builder, body, last) -> Symbol:
    """The rank of the share, rounded half to even, in double precision."""
    wide = LoopBody(body.module, DOUBLE)
    wide.instructions = body.instructions
    share = wide.symbol(f"load {wide.precision.number}, ptr %shares, align 64")
    place = wide.call("roundeven", share * Symbol(wide, body.convert(last, DOUBLE), "number"))
    return Symbol(body, wide.convert(place, body.precision), "number")
