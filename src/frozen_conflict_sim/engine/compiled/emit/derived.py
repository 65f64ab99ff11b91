"""Emit derived values on demand: derived quantities, aggregates, utilities of options, and delayed values."""

from __future__ import annotations

import inspect

from ...arrays.mandates import MANDATORY
from ...declare.names import WEIGHT
from ...numerics import total
from ..ir.operations import AGGREGATE, select
from ..ir.primitives import traced
from ..layout.fields import PAST, TURNS_OF, Field
from .mandates import mandated
from .values import ValueEmitter


class DerivedEmitter(ValueEmitter):
    """Emits each derived value where it is first required, and again after something that it depends on has changed."""

    def __init__(self, world, decision_maker):
        super().__init__(world)
        self.decision_maker = decision_maker
        self.valid: set[str] = set()
        self._watchers = self._utilities_that_watch()

    def field(self, name: str) -> Field:
        """The field of a name; a derived name gets one in the scratch buffer."""
        if name.startswith(WEIGHT):
            return self.layout.weight(self.declared.owner(name).name, name.removeprefix(WEIGHT))
        return self.layout.input_field(name) or self.layout.allocate(
            name, "scratch", self.shape(name), self.layout.members(name)
        )

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of a derived name in front of the members."""
        declared = self.declared
        if name in declared.derived:
            by = declared.derived[name].by
            return (len(declared.items[by]),) if by else ()
        if name in declared.aggregates:
            return self.field(declared.aggregates[name].of).shape
        if name in declared.delays:
            return self.field(declared.delays[name][0]).shape
        return ()

    def require(self, *names: str) -> None:
        """Emit the derivation of names whose values are not valid at this point."""
        for name in names:
            if name not in self.valid and not self.is_given(name):
                self._derive(name)
                self.valid.add(name)

    def is_given(self, name: str) -> bool:
        """Whether a name has a value that needs no derivation."""
        if name.startswith(WEIGHT):
            return True
        field = self.layout.input_field(name)
        return name in self.declared.noises or (field is not None and field.buffer != "scratch")

    def _derive(self, name: str) -> None:
        declared = self.declared
        level = declared.owner(name).level
        if name in declared.derived:
            rule = declared.derived[name].rule
            self.require(*rule.reads)
            with self.loop_over_members(level, name) as (body, member):
                self.save(body, self.field(name), member, self.apply(body, rule, level, member))
        elif name in declared.aggregates:
            aggregate = declared.aggregates[name]
            self.require(aggregate.of)
            self.aggregate(
                name,
                self.field(aggregate.of),
                declared.owner(aggregate.of).level,
                aggregate.role.level,
                self.field(name),
                aggregate.how,
            )
        elif name in declared.option_utilities:
            option, without, _ = declared.option_utilities[name]
            self.require(*(read for incentive in option.incentives for read in incentive.rule.reads))
            with self.loop_over_members(level, name) as (body, member):
                amounts = [
                    self.amount(body, option, incentive, member)
                    for incentive in option.incentives
                    if incentive.name not in without
                ]
                extra = select(mandated(self, body, MANDATORY, option, member), float("inf"), 0.0)
                self.save(body, self.field(name), member, traced(total)(amounts) + extra)
        else:
            of, turns = declared.delays[name]
            self.require(of, *([turns] if isinstance(turns, str) else []))
            with self.loop_over_members(level, name) as (body, member):
                lag = self.read(body, turns, level, member) if isinstance(turns, str) else float(turns)
                now = self.read(body, of, level, member)
                past = self.load(body, self.temporary(PAST + name, (), self.layout.members(name)), (), member)
                self.save(body, self.field(name), member, select(lag < 0.5, now, past))

    def past(self, of: str) -> Field:
        """The field that keeps the values of a name in all turns, for delays."""
        return self.persistent(TURNS_OF + of, (self.world.setting.turns,), self.layout.members(of))

    def aggregate(self, note: str, field: Field, level: str, to: str, into: Field, how: str, add: bool = False) -> None:
        """Emit the aggregate of the values of a level for each member of a level above, as a pairwise sum, mean or maximum."""
        belongs = self.world.setting.belongs.get((level, to))
        for member_above in range(into.members):
            group = [member for member in range(field.members) if belongs is None or belongs[member] == member_above]
            with self.module.over_runs(note) as body:
                for index in field.indices():
                    values = [self.load(body, field, index, member) for member in group]
                    value = AGGREGATE[how](values) if values else 0.0
                    if add:
                        value = self.load(body, into, index, member_above) + value
                    self.store(body, self.address(body, into, index, member_above), value)

    def invalidate(self, name: str) -> None:
        """Mark all values that depend on a name as no longer valid."""
        for stale in (name, *self._watchers.get(name, ())):
            self.valid -= self.world.dependents(stale)

    def _utilities_that_watch(self) -> dict[str, set[str]]:
        """The declared utilities of options that are mandatory while a condition holds, by the states that conditions name."""
        watchers: dict[str, set[str]] = {}
        for name, (option, _, _) in self.declared.option_utilities.items():
            for mandate in self.decision_maker.mandates.sometimes[MANDATORY].get(option.address, ()):
                for (_, _, state, _), _, _ in mandate.when:
                    watchers.setdefault(state, set()).add(name)
        return watchers

    def amount(self, body, option, incentive, member):
        """The contribution of an incentive to the utility of an option."""
        level, role = option.decision.level, option.decision.role
        amount = self.apply(body, incentive.rule, level, member)
        if incentive.weight:
            field = self.layout.weight(role.name, incentive.weight)
            amount = self.load(body, field, (), self.member_above(body, level, role.level, member)) * amount
        value = self.decision_maker.rule.value
        return self.apply_choice_rule(body, value, level, member, amount) if value else amount

    def score(self, body, utility, choice_noise, level, member):
        """The score of an option by the choice rule."""
        return self.apply_choice_rule(body, self.decision_maker.rule.score, level, member, utility, choice_noise)

    def apply_choice_rule(self, body, function, level, member, *given):
        """Apply a function of a choice rule to the given values and to the further names that it reads."""
        reads = tuple(inspect.signature(function).parameters)[len(given) :]
        return traced(function)(*given, *[self.read(body, name, level, member) for name in reads])

    def temporary(self, name: str, shape=(), members: int = 1) -> Field:
        """A field whose value is lost when another block is played."""
        return self.layout.fields.get(name) or self.layout.allocate(name, "scratch", shape, members)

    def persistent(self, name: str, shape=(), members: int = 1) -> Field:
        """A field of the block that keeps its value from turn to turn."""
        return self.layout.fields.get(name) or self.layout.allocate(name, "block", shape, members)
