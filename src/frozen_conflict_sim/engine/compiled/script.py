"""The strategic part of a turn as straight lines: what is declared, in the order in which a turn needs it."""

from __future__ import annotations

from contextlib import contextmanager

from ..luck import gumbel_quantile, normal_quantile, scrambled, share_of
from ..role import WEIGHT
from ..words import at_least, at_most, both, either
from .lines import LANES, Writer, numbers
from .places import ACTIVE, PAST, Place, Places
from .symbols import MEANINGS, Stack, Symbol, Word, traced

LAWS = {"gumbel": gumbel_quantile, "normal": normal_quantile, "uniform": lambda share: share}
_either, _both, _at_least, _at_most = (MEANINGS[word] for word in (either, both, at_least, at_most))


class Script:
    """Writes functions that play parts of a turn for all blocks of runs."""

    def __init__(self, world, deliberation, phases):
        self.world, self.declared, self.deliberation = world, world.declared, deliberation
        self.writer, self.places = Writer(), Places(world)
        self.valid: set[str] = set()
        self.streams: list[tuple[str, int]] = []
        self._chance([phase.name for phase in phases])

    # What chance hands out

    def _chance(self, phases: list[str]) -> None:
        """Give every stream of a turn its place, law by law, and write the function that fills them."""
        families: dict[str, list[tuple[str, str, str, int]]] = {law: [] for law in LAWS}
        for decision in self.declared.decisions.values():
            stream = f"{decision.role.name}.{decision.name}"
            families["gumbel"].append((f"tremble of {stream}", stream, decision.level, len(decision.options)))
        for noise in self.declared.noises.values():
            families[noise.law].append((noise.name, noise.name, noise.role.level, len(self.declared.items[noise.by]) if noise.by else 0))
        for name, hazard in self.declared.hazards.items():
            families["uniform"].append((f"chance of {name}", name, hazard.role.level, 0))
        start, reach = self.places.size["block"], {}
        for law, family in families.items():
            before = self.places.size["block"]
            for name, stream, level, count in family:
                words = (max(count, 1) + 3) // 4
                members = self.world.members(level)
                base = self.places.size["block"]
                self.places.known[name] = Place("block", base, (count,) if count else (), len(members), 4 * words, 1)
                self.places.size["block"] += 4 * words * len(members)
                self.streams += [(f"{stream}/{member}", place) for member in members for place in range(words)]
            reach[law] = before, self.places.size["block"]
        writer = self.writer
        head = "@chance(ptr noalias %block, i64 %blocks, ptr noalias %luck, ptr noalias %keys, i64 %turn)"
        with writer.function(head), writer.counting("%blocks") as at:
            block = self._here("%block", at, "SIZE")
            with writer.counting(str(len(self.streams))) as stream, writer.over_runs("random bits") as body:
                key = [self._scalar(body, stream, offset) for offset in range(3)]
                seed = [Symbol(body, body.splat(name, "bits"), "bits") for name in key]
                turn = Symbol(body, body.splat("%turn", "bits"), "bits")
                low, high = (self._luck(body, at, half) for half in (0, 1))
                for word, bits in enumerate(traced(scrambled)((seed[2], turn, low, high), seed[:2])):
                    share = traced(share_of)(body.as_number(bits))
                    row = body.line(f"mul i64 {stream}, {4 * LANES}", "head")
                    self._store(body, self._row(body, block, row, start + word), share)
            for law in ("gumbel", "normal"):
                first, last = reach[law]
                if last > first:
                    with writer.counting(str(last - first)) as number, writer.over_runs(law) as body:
                        row = body.line(f"mul i64 {number}, {LANES}", "head")
                        address = self._row(body, block, row, first)
                        self._store(body, address, traced(LAWS[law])(self._loaded(body, address)))

    def _scalar(self, body, stream, offset):
        at = body.line(f"mul i64 {stream}, 3", "head")
        at = body.line(f"add i64 {at}, {offset}", "head")
        at = body.line(f"getelementptr i64, ptr %keys, i64 {at}", "head")
        return body.line(f"load i64, ptr {at}", "head")

    def _luck(self, body, block, half):
        at = body.line(f"mul i64 {block}, {2 * LANES}", "head")
        at = body.line(f"add i64 {at}, {half * LANES}", "head")
        at = body.line(f"getelementptr i64, ptr %luck, i64 {at}", "head")
        at = body.line(f"getelementptr i64, ptr {at}, i64 {body.run}")
        return body.symbol(f"load {body.precision.bits}, ptr {at}, align 8", "bits")

    # Addresses

    def _here(self, pointer: str, at: str, size: str) -> str:
        """Where the current block of runs begins; its size is filled in at the end."""
        offset, here = self.writer.fresh(), self.writer.fresh()
        self.writer.text += [f"  {offset} = mul i64 {at}, {size}", f"  {here} = getelementptr double, ptr {pointer}, i64 {offset}"]
        return here

    def _row(self, body, pointer, row, slot):
        at = body.line(f"getelementptr double, ptr {pointer}, i64 {row}", "head") if row else pointer
        at = body.line(f"getelementptr double, ptr {at}, i64 {slot * LANES}", "head")
        return body.line(f"getelementptr double, ptr {at}, i64 {body.run}")

    def _loaded(self, body, address):
        return body.symbol(f"load {body.precision.number}, ptr {address}, align 64")

    def _store(self, body, address, value):
        body.lines.append(f"  store {body.precision.number} {body.operand(value)}, ptr {address}, align 64")

    def _address(self, body, place: Place, index, member):
        pointer = {"block": self.block, "passing": "%passing"}[place.space]
        if isinstance(member, int):
            return self._row(body, pointer, "", place.slot(index, member))
        row = body.line(f"mul i64 {member}, {place.member_step * LANES}", "head")
        return self._row(body, pointer, row, place.slot(index))

    def load(self, body, place: Place, index=(), member=0) -> Symbol:
        """The value of one item of one member."""
        if place.space != "fixed":
            return self._loaded(body, self._address(body, place, index, member))
        at = body.line(f"getelementptr double, ptr %fixed, i64 {place.slot(index, member if isinstance(member, int) else 0)}", "head")
        if not isinstance(member, int):
            at = body.line(f"getelementptr double, ptr {at}, i64 {member}", "head")
        return Symbol(body, body.splat(body.line(f"load double, ptr {at}", "head")), "number")

    def save(self, body, place: Place, member, value) -> None:
        """Store a value, or one for each item; one value serves all items."""
        values, indices = numbers(value), list(place.indices())
        values = values * len(indices) if len(values) == 1 else values
        if len(values) != len(indices):
            raise ValueError(f"{len(values)} values for {len(indices)} items")
        for index, single in zip(indices, values):
            self._store(body, self._address(body, place, index, member), single)

    # What is seen

    @contextmanager
    def each(self, level: str, note: str):
        """A loop over the members of a level and the runs of the block: yields body and member."""
        count = len(self.world.members(level))
        if count == 1:
            with self.writer.over_runs(note) as body:
                yield body, 0
        else:
            with self.writer.counting(str(count), prefix="member") as member, self.writer.over_runs(note) as body:
                yield body, member

    def above(self, body, level: str, to: str, member):
        """The member of another level that a member of a level sees."""
        if level == to:
            return member
        if len(self.world.members(to)) == 1:
            return 0
        belongs = self.world.setting.belongs[level, to]
        if isinstance(member, int):
            return belongs[member]
        table = f"@{level}_in_{to}"
        listed = ", ".join(f"i64 {place}" for place in belongs)
        self.writer.declare(f"{table} = internal constant [{len(belongs)} x i64] [{listed}]")
        at = body.line(f"getelementptr i64, ptr {table}, i64 {member}", "head")
        return body.line(f"load i64, ptr {at}", "head")

    def sees(self, body, name: str, level: str, member):
        """What a member of a level sees under a name."""
        place = self.place(name)
        return self._stacked(body, name, place, self.above(body, level, self.declared.owner(name).level, member), ())

    def _stacked(self, body, name, place, member, index):
        if len(index) < len(place.shape):
            return Stack(self._stacked(body, name, place, member, (*index, at)) for at in range(place.shape[len(index)]))
        value = self.load(body, place, index, member)
        options = getattr(self.declared.quantities.get(name), "options", None)
        return Word(body, value.name, options) if options else value

    def judged(self, body, rule, level: str, member):
        """What a rule gives for a member."""
        return traced(rule.function)(*(self.sees(body, name, level, member) for name in rule.reads))

    def active(self, body) -> Symbol:
        """In which runs the play goes on."""
        return self.load(body, self.places.known[ACTIVE]) > 0.5

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
            self.gather(name, self.place(gathered.of), declared.owner(gathered.of).level, gathered.role.level, self.place(name), gathered.how)
        elif name in declared.worths:
            option, without, _ = declared.worths[name]
            self.need(*(read for incentive in option.incentives for read in incentive.rule.reads))
            with self.each(level, name) as (body, member):
                amounts = [self.amount(body, option, incentive, member) for incentive in option.incentives if incentive.name not in without]
                extra = float("inf") if option.address in self.deliberation.ordered else 0.0
                self.save(body, self.place(name), member, traced(self.deliberation.rule.weigh)(amounts) + extra)
        else:
            of, turns = declared.delays[name]
            self.need(of, *([turns] if isinstance(turns, str) else []))
            with self.each(level, name) as (body, member):
                lag = self.sees(body, turns, level, member) if isinstance(turns, str) else float(turns)
                now, past = self.sees(body, of, level, member), self.load(body, self.past(name), (), member)
                self.save(body, self.place(name), member, _either(lag < 0.5, now, past))

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
                    self._store(body, self._address(body, into, index, above), value)

    def stale(self, name: str) -> None:
        """Forget what was derived from a name that is announced or has changed."""
        self.valid -= self.world.dependents(name)

    # Decisions

    def amount(self, body, option, incentive, member):
        """What an incentive adds to the utility of an option."""
        level, role = option.decision.level, option.decision.role
        amount = self.judged(body, incentive.rule, level, member)
        if not incentive.weight:
            return amount
        place = self.places.weight(role.name, incentive.weight)
        return self.load(body, place, (), self.above(body, level, role.level, member)) * amount

    def temporary(self, name: str, shape=(), members: int = 1) -> Place:
        """A place for a moment."""
        return self.places.known.get(name) or self.places.take(name, "passing", shape, members)

    def lasting(self, name: str, shape=(), members: int = 1) -> Place:
        """A place that keeps its value from block to block and turn to turn."""
        return self.places.known.get(name) or self.places.take(name, "block", shape, members)

    def decide(self, decision) -> None:
        """Take a decision, as :meth:`~..decide.Deliberation.decide` does."""
        options, level, mandate = decision.options, decision.level, self.deliberation
        name, count = f"{decision.role.name}.{decision.name}", len(self.world.members(level))
        for option in options:
            self.need(*(read for rule in (*option.conditions, *(i.rule for i in option.incentives)) for read in rule.reads))
        reasons = [(index, option, incentive) for index, option in enumerate(options) for incentive in option.incentives]
        tremble = self.places.known[f"tremble of {name}"]
        amounts = self.temporary(f"amounts of {name}", (max(len(reasons), 1),), count)
        scores = self.temporary(f"scores of {name}", (len(options),), count)
        considered = self.temporary(f"considered of {name}", (len(options),), count)
        chosen = self.lasting(f"choice of {name}", (), count)
        with self.each(level, f"{name}: options") as (body, member):
            active, precision = self.active(body), self.sees(body, "precision", level, member)
            given = [self.amount(body, option, incentive, member) for _, option, incentive in reasons]
            self.save(body, amounts, member, given or [0.0])
            utilities, is_open, seen = [], [], []
            for index, option in enumerate(options):
                own = [amount for (at, _, _), amount in zip(reasons, given) if at == index]
                utilities.append(traced(mandate.rule.weigh)(own) if own else 0.0)
                may = active
                for condition in option.conditions:
                    may = _both(may, self.judged(body, condition, level, member))
                is_open.append(False if option.address in mandate.closed else may)
                seen.append(True if index == 0 else _and(is_open[-1], _truth(utilities[-1] > 0.0)))
            for index, option in enumerate(options):
                if option.address in mandate.ordered:
                    seen = [is_open[at] if at == index else _and(case, _not(is_open[index])) for at, case in enumerate(seen)]
            seen[0] = _or(seen[0], _not(_any(seen)))
            ranked = [
                traced(mandate.rule.score)(utility, self.load(body, tremble, (index,), member), precision)
                for index, utility in enumerate(utilities)
            ]
            self.save(body, scores, member, ranked)
            self.save(body, considered, member, [_either(case, 1.0, 0.0) for case in seen])
            self.save(body, chosen, member, picked(ranked, seen))
        for index, option in enumerate(options):
            if option.one_a_turn:
                self._only_the_best(index, decision, scores, considered, chosen)
        self._announce_choice(decision, reasons, amounts, chosen)

    def _only_the_best(self, index, decision, scores, considered, chosen) -> None:
        """Of several members for whom one option was chosen keep the best case; the others get their next best."""
        options = range(len(decision.options))
        with self.writer.over_runs(f"{decision.name}: one a turn") as body:
            members = range(chosen.members)
            choices = [self.load(body, chosen, (), member) for member in members]
            wanted = [choice == float(index) for choice in choices]
            best = picked([self.load(body, scores, (index,), member) for member in members], wanted)
            for member in members:
                waits = _and(wanted[member], _not(best == float(member)))
                rest = [self.load(body, considered, (at,), member) > 0.5 for at in options]
                rest[index] = _and(rest[index], _not(waits))
                rest[0] = _or(rest[0], _and(waits, _not(_any(rest))))
                again = picked([self.load(body, scores, (at,), member) for at in options], rest)
                self.save(body, chosen, member, _either(waits, again, choices[member]))

    def _announce_choice(self, decision, reasons, amounts, chosen) -> None:
        role, level = decision.role, decision.level
        own = role.level == level
        gains = self.temporary(f"gains of {role.name}.{decision.name}", amounts.shape, amounts.members)
        keys = [(role.name, incentive.weight or incentive.name) for _, _, incentive in reasons]
        realised = [self.lasting(f"realised {key[0]}/{key[1]}", (), len(self.world.members(role.level))) for key in keys]
        with self.each(level, f"{decision.name}: acts") as (body, member):
            active, choice = self.active(body), self.load(body, chosen, (), member)
            now = {index: _and(choice == float(index), active) for index in range(len(decision.options))}
            for index, option in enumerate(decision.options):
                if option.act:
                    self.save(body, self.place(option.act), member, _either(now[index], 1.0, 0.0))
            totals: dict[Place, Symbol] = {}
            for at, ((index, _, _), into) in enumerate(zip(reasons, realised)):
                gain = _either(now[index], self.load(body, amounts, (at,), member), 0.0)
                if own:
                    totals[into] = totals.get(into, self.load(body, into, (), member)) + gain
                else:
                    self._store(body, self._address(body, gains, (at,), member), gain)
            for into, total in totals.items():
                self.save(body, into, member, total)
            self.save(body, chosen, member, _either(active, choice, 0.0))
        if not own:
            for at, into in enumerate(realised):
                single = Place("passing", gains.slot((at,)), (), gains.members)
                self.gather(f"realised {keys[at][1]}", single, level, role.level, into, "sum", add=True)
        for option in decision.options:
            if option.act:
                self.stale(option.act)

    # Chance and change

    def happens(self, name: str) -> None:
        """Draw a chance event."""
        hazard = self.declared.hazards[name]
        level = hazard.role.level
        self.need(*hazard.rule.reads)
        with self.each(level, name) as (body, member):
            drawn = self.load(body, self.places.known[f"chance of {name}"], (), member)
            comes = _and(drawn < self.judged(body, hazard.rule, level, member), self.active(body))
            self.save(body, self.place(name), member, _either(comes, 1.0, 0.0))
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
                self.save(body, amount, member, [_either(active, value, 0.0) for value in numbers(given)])
            targets.setdefault(contribution.to, []).append(amount)
        for name, amounts in targets.items():
            quantity, place = self.declared.quantities[name], self.place(name)
            with self.each(self.declared.owners[name].level, f"bounds of {name}") as (body, member):
                active = self.active(body)
                for index in place.indices():
                    old = reached = self.load(body, place, index, member)
                    for amount in amounts:
                        reached = reached + self.load(body, amount, index, member)
                    held = _at_most(_at_least(reached, quantity.low), quantity.high)
                    new = _either(active, reached + (held - reached), old)
                    self._store(body, self._address(body, place, index, member), new)
        for name in targets:
            self.stale(name)

    # Functions

    @contextmanager
    def function(self, name: str):
        """A function that plays a part of the turn in all blocks, one after the other."""
        head = f"@{name}(ptr noalias %block, i64 %blocks, ptr noalias %fixed, ptr noalias %passing)"
        with self.writer.function(head), self.writer.counting("%blocks", prefix="block") as at:
            self.block = self._here("%block", at, "SIZE")
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


def folded(values: list):
    """The sum by halving, see :func:`~..words.ordered_sum`."""
    while len(values) > 1:
        half = len(values) // 2
        values = [one + other for one, other in zip(values[:half], values[half : 2 * half])] + values[2 * half :]
    return values[0]


def _largest(values: list):
    found = values[0]
    for value in values[1:]:
        found = _at_least(value, found)
    return found


GATHER = {"sum": folded, "mean": lambda values: folded(values) / float(len(values)), "largest": _largest}


def _truth(value):
    return bool(value) if isinstance(value, (bool, int, float)) else value


def _and(this, that):
    if isinstance(this, bool) or isinstance(that, bool):
        this, that = (this, that) if isinstance(this, bool) else (that, this)
        return that if this else False
    return _both(this, that)


def _not(this):
    return (not this) if isinstance(this, bool) else this.body.logic("xor", this, True)


def _or(this, that):
    return _not(_and(_not(this), _not(that)))


def _any(cases: list):
    found = False
    for case in cases:
        found = _or(found, case)
    return found


def picked(scores: list, considered: list):
    """The place of the first of the highest scores among the considered."""
    lowest = float("-inf")
    chosen, best = 0.0, _either(considered[0], scores[0], lowest)
    for index, (score, case) in enumerate(zip(scores[1:], considered[1:]), 1):
        score = _either(case, score, lowest)
        better = score > best
        chosen, best = _either(better, float(index), chosen), _either(better, score, best)
    return chosen
