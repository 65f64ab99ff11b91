"""Deriving values in lines: measures, what is gathered, what options are worth, what was some turns ago."""

from __future__ import annotations

import inspect

from ...declare.role import WEIGHT
from ...numerics import total
from ..ir.operations import AGGREGATE, pick_either
from ..ir.symbols import traced
from ..layout.fields import PAST, Place
from .values import Reading


class Deriving(Reading):
    """Lines that derive values when they are first needed, and forget them when what they follow from has changed."""

    def __init__(self, world, decision_maker):
        super().__init__(world)
        self.decision_maker = decision_maker
        self.valid: set[str] = set()

    def place(self, name: str) -> Place:
        """Where a name stands, or will stand once it is derived."""
        if name.startswith(WEIGHT):
            return self.places.weight(self.declared.owner(name).name, name.removeprefix(WEIGHT))
        return self.places.given(name) or self.places.take(name, "passing", self.shape(name), self.places.members(name))

    def shape(self, name: str) -> tuple[int, ...]:
        """The items of a derived name."""
        declared = self.declared
        if name in declared.derived:
            by = declared.derived[name].by
            return (len(declared.items[by]),) if by else ()
        if name in declared.aggregates:
            return self.place(declared.aggregates[name].of).shape
        if name in declared.delays:
            return self.place(declared.delays[name][0]).shape
        return ()

    def need(self, *names: str) -> None:
        """Derive names that are not known at this moment."""
        for name in names:
            if name not in self.valid and not self.is_given(name):
                self._derive(name)
                self.valid.add(name)

    def is_given(self, name: str) -> bool:
        """Whether a name has a value without being derived."""
        if name.startswith(WEIGHT):
            return True
        place = self.places.given(name)
        return name in self.declared.noises or (place is not None and place.space != "passing")

    def _derive(self, name: str) -> None:
        declared = self.declared
        level = declared.owner(name).level
        if name in declared.derived:
            rule = declared.derived[name].rule
            self.need(*rule.reads)
            with self.each(level, name) as (body, member):
                self.save(body, self.place(name), member, self.judged(body, rule, level, member))
        elif name in declared.aggregates:
            gathered = declared.aggregates[name]
            self.need(gathered.of)
            self.aggregate(
                name,
                self.place(gathered.of),
                declared.owner(gathered.of).level,
                gathered.role.level,
                self.place(name),
                gathered.how,
            )
        elif name in declared.option_utilities:
            option, without, _ = declared.option_utilities[name]
            self.need(*(read for incentive in option.incentives for read in incentive.rule.reads))
            with self.each(level, name) as (body, member):
                amounts = [
                    self.amount(body, option, incentive, member)
                    for incentive in option.incentives
                    if incentive.name not in without
                ]
                extra = float("inf") if option.address in self.decision_maker.mandatory else 0.0
                self.save(body, self.place(name), member, traced(total)(amounts) + extra)
        else:
            of, turns = declared.delays[name]
            self.need(of, *([turns] if isinstance(turns, str) else []))
            with self.each(level, name) as (body, member):
                lag = self.sees(body, turns, level, member) if isinstance(turns, str) else float(turns)
                now = self.sees(body, of, level, member)
                past = self.load(body, self.temporary(PAST + name, (), self.places.members(name)), (), member)
                self.save(body, self.place(name), member, pick_either(lag < 0.5, now, past))

    def past(self, of: str) -> Place:
        """Where the values of all turns are remembered that will be looked back upon."""
        return self.lasting(f"turns of {of}", (self.world.setting.turns,), self.places.members(of))

    def aggregate(self, note: str, place: Place, level: str, to: str, into: Place, how: str, add: bool = False) -> None:
        """Gather the values of a level for each member of a level above, in the order in which halving adds them."""
        belongs = self.world.setting.belongs.get((level, to))
        for above in range(into.members):
            group = [member for member in range(place.members) if belongs is None or belongs[member] == above]
            with self.writer.over_runs(note) as body:
                for index in place.indices():
                    values = [self.load(body, place, index, member) for member in group]
                    value = AGGREGATE[how](values) if values else 0.0
                    if add:
                        value = self.load(body, into, index, above) + value
                    self.store(body, self.address(body, into, index, above), value)

    def stale(self, name: str) -> None:
        """Forget what was derived from a name that is announced or has changed."""
        self.valid -= self.world.dependents(name)

    def amount(self, body, option, incentive, member):
        """What an incentive adds to the utility of an option."""
        level, role = option.decision.level, option.decision.role
        amount = self.judged(body, incentive.rule, level, member)
        if incentive.weight:
            place = self.places.weight(role.name, incentive.weight)
            amount = self.load(body, place, (), self.above(body, level, role.level, member)) * amount
        value = self.decision_maker.rule.value
        return self.tempered(body, value, level, member, amount) if value else amount

    def ranked(self, body, utility, choice_noise, level, member):
        """The score of an option by the choice rule."""
        return self.tempered(body, self.decision_maker.rule.score, level, member, utility, choice_noise)

    def tempered(self, body, function, level, member, *given):
        """A function of a choice rule, handed what it reads of the play besides what is given."""
        reads = tuple(inspect.signature(function).parameters)[len(given) :]
        return traced(function)(*given, *[self.sees(body, name, level, member) for name in reads])

    def temporary(self, name: str, shape=(), members: int = 1) -> Place:
        """A place for a moment."""
        return self.places.known.get(name) or self.places.take(name, "passing", shape, members)

    def lasting(self, name: str, shape=(), members: int = 1) -> Place:
        """A place that keeps its value from block to block and turn to turn."""
        return self.places.known.get(name) or self.places.take(name, "block", shape, members)
