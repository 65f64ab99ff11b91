"""The strategic part of a turn as straight lines: what is declared, in the order in which a turn needs it."""

from __future__ import annotations

import inspect
from contextlib import contextmanager

from ..role import WEIGHT
from ..words import total
from .chance import write_chance
from .lines import LANES, numbers
from .logic import GATHER, and_, pick_at_least, pick_at_most, pick_either
from .places import PAST, Place
from .reading import Reading
from .symbols import traced


class Script(Reading):
    """Writes functions that play parts of a turn for all blocks of runs."""

    def __init__(self, world, deliberation):
        super().__init__(world)
        self.deliberation = deliberation
        self.valid: set[str] = set()
        self.streams: list[tuple[str, int]] = []
        write_chance(self)

    # What is derived

    def place(self, name: str) -> Place:
        """Where a name stands, or will stand once it is derived."""
        if name.startswith(WEIGHT):
            return self.places.weight(self.declared.owner(name).name, name.removeprefix(WEIGHT))
        return self.places.given(name) or self.places.take(name, "passing", self.shape(name), self.places.members(name))

    def shape(self, name: str) -> tuple[int, ...]:
        """The items of a derived name."""
        declared = self.declared
        if name in declared.measures:
            by = declared.measures[name].by
            return (len(declared.items[by]),) if by else ()
        if name in declared.gathered:
            return self.place(declared.gathered[name].of).shape
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
        return place is not None and place.space != "passing"

    def _derive(self, name: str) -> None:
        declared = self.declared
        level = declared.owner(name).level
        if name in declared.measures:
            rule = declared.measures[name].rule
            self.need(*rule.reads)
            with self.each(level, name) as (body, member):
                self.save(body, self.place(name), member, self.judged(body, rule, level, member))
        elif name in declared.gathered:
            gathered = declared.gathered[name]
            self.need(gathered.of)
            self.gather(
                name,
                self.place(gathered.of),
                declared.owner(gathered.of).level,
                gathered.role.level,
                self.place(name),
                gathered.how,
            )
        elif name in declared.worths:
            option, without, _ = declared.worths[name]
            self.need(*(read for incentive in option.incentives for read in incentive.rule.reads))
            with self.each(level, name) as (body, member):
                amounts = [
                    self.amount(body, option, incentive, member)
                    for incentive in option.incentives
                    if incentive.name not in without
                ]
                extra = float("inf") if option.address in self.deliberation.ordered else 0.0
                self.save(body, self.place(name), member, traced(total)(amounts) + extra)
        else:
            of, turns = declared.delays[name]
            self.need(of, *([turns] if isinstance(turns, str) else []))
            with self.each(level, name) as (body, member):
                lag = self.sees(body, turns, level, member) if isinstance(turns, str) else float(turns)
                now, past = self.sees(body, of, level, member), self.load(body, self.past(name), (), member)
                self.save(body, self.place(name), member, pick_either(lag < 0.5, now, past))

    def past(self, name: str) -> Place:
        """Where the past value of a delayed name is handed in each turn."""
        known = self.places.known
        return known.get(PAST + name) or self.places.take(PAST + name, "block", (), self.places.members(name))

    def gather(self, note: str, place: Place, level: str, to: str, into: Place, how: str, add: bool = False) -> None:
        """Gather the values of a level for each member of a level above, in the order in which halving adds them."""
        belongs = self.world.setting.belongs.get((level, to))
        for above in range(into.members):
            group = [member for member in range(place.members) if belongs is None or belongs[member] == above]
            with self.writer.over_runs(note) as body:
                for index in place.indices():
                    values = [self.load(body, place, index, member) for member in group]
                    value = GATHER[how](values) if values else 0.0
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
        value = self.deliberation.rule.value
        return self.tempered(body, value, level, member, amount) if value else amount

    def ranked(self, body, utility, tremble, level, member):
        """The score of an option by the choice rule."""
        return self.tempered(body, self.deliberation.rule.score, level, member, utility, tremble)

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

    # Chance and change

    def happens(self, name: str) -> None:
        """Draw a chance event."""
        hazard = self.declared.hazards[name]
        level = hazard.role.level
        self.need(*hazard.rule.reads)
        with self.each(level, name) as (body, member):
            drawn = self.load(body, self.places.known[f"chance of {name}"], (), member)
            comes = and_(drawn < self.judged(body, hazard.rule, level, member), self.active(body))
            self.save(body, self.place(name), member, pick_either(comes, 1.0, 0.0))
        self.stale(name)

    def finds_out(self, name: str) -> None:
        """Find something out, for the rest of the turn."""
        announcement = self.declared.announcements[name]
        self.need(*announcement.finds.reads)
        with self.each(announcement.role.level, name) as (body, member):
            found = self.judged(body, announcement.finds, announcement.role.level, member)
            self.save(body, self.place(name), member, pick_either(self.active(body), found, 0.0))
        self.stale(name)

    def change(self, contributions) -> None:
        """Add contributions, all judged on the same state, then hold the bounds, as :meth:`~..world.World.change` does."""
        self.need(*(read for contribution in contributions for read in contribution.rule.reads))
        targets: dict[str, list[Place]] = {}
        for contribution in contributions:
            level, to = contribution.role.level, self.place(contribution.to)
            if level != self.declared.owners[contribution.to].level:
                raise LookupError(f"{contribution.rule.name} changes {contribution.to} of another level")
            amount = self.temporary(f"{contribution.rule.name} to {contribution.to}", to.shape, to.members)
            with self.each(level, f"{contribution.to} <- {contribution.rule.name}") as (body, member):
                active, given = self.active(body), self.judged(body, contribution.rule, level, member)
                self.save(body, amount, member, [pick_either(active, value, 0.0) for value in numbers(given)])
            targets.setdefault(contribution.to, []).append(amount)
        for name, amounts in targets.items():
            quantity, place = self.declared.quantities[name], self.place(name)
            with self.each(self.declared.owners[name].level, f"bounds of {name}") as (body, member):
                active = self.active(body)
                for index in place.indices():
                    old = reached = self.load(body, place, index, member)
                    for amount in amounts:
                        reached = reached + self.load(body, amount, index, member)
                    held = pick_at_most(pick_at_least(reached, quantity.low), quantity.high)
                    new = pick_either(active, reached + (held - reached), old)
                    self.store(body, self.address(body, place, index, member), new)
        for name in targets:
            self.stale(name)

    # Functions

    @contextmanager
    def function(self, name: str):
        """A function that plays a part of the turn in all blocks, one after the other."""
        head = f"@{name}(ptr noalias %block, i64 %blocks, ptr noalias %fixed, ptr noalias %passing)"
        with self.writer.function(head), self.writer.counting("%blocks", prefix="block") as at:
            self.block = self.here("%block", at, "SIZE")
            self.valid.clear()
            yield

    def export(self, names) -> list[str]:
        """Keep derived values where others can read them."""
        derived = [name for name in names if not self.is_given(name)]
        self.need(*derived)
        for name in derived:
            place = self.place(name)
            kept = self.lasting(f"seen {name}", place.shape, place.members)
            with self.each(self.declared.owner(name).level, f"show {name}") as (body, member):
                self.save(body, kept, member, [self.load(body, place, index, member) for index in place.indices()])
        return derived

    def source(self) -> str:
        """The whole text."""
        return self.writer.source().replace("SIZE", str(self.places.size["block"] * LANES))
