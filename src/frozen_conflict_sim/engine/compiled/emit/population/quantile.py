"""The value at a rank, found by counting: which value has just so many below it."""

from __future__ import annotations

from ...ir.builder import TWICE, Body
from ...ir.operations import pick_at_least, pick_both, pick_either
from ...ir.symbols import Symbol

ROUNDS = 200
AT, LOW, HIGH, BELOW, UP_TO = range(5)
STATE = 5
POINTERS = ("traits", "shares", "network", "said", "sums", "answer")


def write_rank(script, trait: str, among: str) -> None:
    """The value of a trait at a share of those who have ``among``, as :meth:`~..kernels.Public.quantiles` finds it.

    Between ``low``, which has too few values up to it, and ``high``, which has enough, three numbers are tried at a time, until
    one value alone is left or none lies between. The shares are numbers of double precision.
    """
    declared = script.declared.traits[trait]
    with script.each_resident("those who count, before all others") as body:
        value = pick_either(script.sees(body, among) > 0.5, script.sees(body, trait), declared.high + 1.0)
        script.store(body, "%said", 0, value, body.resident)
    script.most_said = max(script.most_said, 1)
    script.add_up("how many they are", lambda body: [pick_either(script.sees(body, among) > 0.5, 1.0, 0.0)])
    with script.lines() as body:
        last = pick_at_least(script.sum_of(body, 0) - 1.0, 0.0)
        for row, start in (
            (AT, _place(script, body, last)),
            (LOW, declared.low - 1.0),
            (HIGH, declared.high + 1.0),
            (BELOW, 0.0),
            (UP_TO, float(script.residents)),
        ):
            script.store(body, "%answer", row, start)
    with script.writer.counting(str(ROUNDS)):
        with script.lines() as body:
            low, _, middle, _, high = _between(script, body)
            several = _state(script, body, UP_TO) - _state(script, body, BELOW) > 1.5
            open_still = body.any(pick_both(several, pick_both(low < middle, middle < high)))
        with script.writer.when(open_still):
            script.add_up("how many lie up to each", lambda body: _counted(script, body))
            with script.lines() as body:
                low, *tried, high = _between(script, body)
                below, up_to = _state(script, body, BELOW), _state(script, body, UP_TO)
                for place, number in enumerate(tried):
                    count = script.sum_of(body, place)
                    too_few = count <= _state(script, body, AT)
                    low, below = pick_either(too_few, number, low), pick_either(too_few, count, below)
                for place, number in reversed(list(enumerate(tried))):
                    count = script.sum_of(body, place)
                    enough = count > _state(script, body, AT)
                    high, up_to = pick_either(enough, number, high), pick_either(enough, count, up_to)
                for row, value in ((LOW, low), (HIGH, high), (BELOW, below), (UP_TO, up_to)):
                    script.store(body, "%answer", row, value)
    script.add_up("the one between", lambda body: [_alone(script, body)])
    with script.lines() as body:
        several = _state(script, body, UP_TO) - _state(script, body, BELOW) > 1.5
        found = pick_either(several, _state(script, body, HIGH), script.sum_of(body, 0))
        script.store(body, "%answer", AT, pick_either(found > declared.high, declared.high, found))


def _state(script, body: Body, row: int) -> Symbol:
    return script.row(body, "%answer", row)


def _between(script, body):
    low, high = _state(script, body, LOW), _state(script, body, HIGH)
    middle = (low + high) * 0.5
    return low, (low + middle) * 0.5, middle, (middle + high) * 0.5, high


def _value(script, body):
    return script.row(body, "%said", 0, body.resident)


def _counted(script, body):
    return [pick_either(_value(script, body) <= number, 1.0, 0.0) for number in _between(script, body)[1:-1]]


def _alone(script, body):
    value = _value(script, body)
    return pick_either(pick_both(value > _state(script, body, LOW), value <= _state(script, body, HIGH)), value, 0.0)


def _place(script, body, last) -> Symbol:
    """The rank at the share, rounded to the even one from halfway: reckoned in double precision."""
    wide = Body(body.writer, TWICE)
    wide.lines = body.lines
    share = wide.symbol(f"load {wide.precision.number}, ptr %shares, align 64")
    place = wide.call("roundeven", share * Symbol(wide, body.converted(last, TWICE), "number"))
    return Symbol(body, wide.converted(place, body.precision), "number")
