"""Writing lines of Python: variables, rules called by name, and what must be derived before."""

from contextlib import contextmanager

from frozen_conflict_sim.engine.declare.names import WEIGHT
from frozen_conflict_sim.engine.declare.parameter import Category
from frozen_conflict_sim.politics.catalogue import declared

from .words import plainly


class Lines:
    """Lines of a plain model of one setting; ``listed`` names what is a list, with one number for each clause."""

    def __init__(self, setting, listed: dict):
        self.setting, self.members = setting, setting.entities
        self.listed = listed
        self.derived = declared.computed_from()
        self.text: list[str] = []
        self.known: dict[str, object] = {}
        self.valid: set[tuple[str, str]] = set()
        self.indent = ""

    def write(self, *lines: str) -> None:
        """Add lines."""
        self.text += [self.indent + line for line in lines]

    @contextmanager
    def block(self, head: str = ""):
        """Indented lines; what they derive is not known afterwards."""
        if head:
            self.write(head)
        before, valid = self.indent, set(self.valid)
        self.indent += "    "
        yield
        self.indent, self.valid = before, valid

    # Names

    def sees(self, name: str, level: str, member: str) -> str:
        """The variable in which a member of a level finds a name, its own or that of the level above."""
        owner = declared.owner(name)
        above = self.above(owner.level, level, member)
        if name.startswith(WEIGHT):
            return weight(owner.name, name.removeprefix(WEIGHT), above)
        return variable(name, above)

    def above(self, level: str, below: str, member: str) -> str:
        """The member of a level to which a member below it belongs."""
        if level == below or len(self.members[level]) == 1:
            return member if level == below else self.members[level][0]
        return self.members[level][self.setting.belongs[below, level][self.members[below].index(member)]]

    def items(self, by: str) -> tuple[str, ...]:
        """The items of that name, or the members of the level of that name."""
        return declared.items.get(by) or self.members[by]

    def function(self, rule) -> str:
        """A name for a rule's function."""
        function, name, number = plainly(rule.function), rule.name, 1
        while self.known.setdefault(name, function) is not function:
            number += 1
            name = f"{rule.name}_{number}"
        return name

    def call(self, rule, level: str, member: str, extends: bool = False) -> str:
        """A rule called for a member; one that gives a number for each clause is called clause by clause, if it can be."""
        name, seen = self.function(rule), [self.sees(read, level, member) for read in rule.reads]
        listed = [read for read in rule.reads if read in self.listed]
        if not extends or not listed or not self._about_one(rule):
            return f"{name}({', '.join(seen)})"
        single = [f"one_{read}" if read in listed else value for read, value in zip(rule.reads, seen)]
        many = ", ".join(value for read, value in zip(rule.reads, seen) if read in listed)
        each = ", ".join(f"one_{read}" for read in listed)
        return f"[{name}({', '.join(single)}) for {each} in {f'zip({many})' if len(listed) > 1 else many}]"

    def _about_one(self, rule) -> bool:
        """Whether a rule can be called for one clause; else it is about the whole treaty."""
        try:
            rule.function(*(self.listed.get(read, self._one(read)) for read in rule.reads))
        except TypeError:
            return False
        return True

    def _one(self, name: str) -> float | str:
        quantity = declared.quantities.get(name)
        return quantity.default if isinstance(quantity, Category) else 0.5

    # What is derived

    def need(self, names, level: str, member: str) -> None:
        """Write the lines that derive names which a member sees and which are not known at this point."""
        for name in names:
            self.derive(name, self.above(declared.owner(name).level, level, member))

    def derive(self, name: str, member: str) -> None:
        """Write the line that derives a name for its owner, unless it is known."""
        if (name, member) in self.valid or not (name in self.derived or name in declared.noises):
            return
        level, mine = declared.owner(name).level, variable(name, member)
        if name in declared.derived:
            measure = declared.derived[name]
            self.need(measure.rule.reads, level, member)
            self.write(f"{mine} = {self.call(measure.rule, level, member, bool(measure.by))}")
        elif name in declared.aggregates:
            self.write(f"{mine} = {self._gathered(declared.aggregates[name], member)}")
        elif name in declared.noises:
            noise = declared.noises[name]
            stream, count = noise.stream_of(member), len(self.items(noise.by)) if noise.by else 0
            drawn = f"several({noise.law!r}, {stream!r}, turn, {count})" if count else f"{noise.law}({stream!r}, turn)"
            self.write(f"{mine} = {drawn}")
        elif name in declared.option_utilities:
            option, without, _ = declared.option_utilities[name]
            self.write(f"{mine} = {self.worth(option, member, without)}")
        else:
            of, turns = declared.delays[name]
            self.need([of, *([turns] if isinstance(turns, str) else [])], level, member)
            lag = self.sees(turns, level, member) if isinstance(turns, str) else turns
            self.write(f"{mine} = ago(past_{variable(of, member)}, {lag}, {variable(of, member)})")
        self.valid.add((name, member))

    def _gathered(self, gathered, member: str) -> str:
        below, level = declared.owner(gathered.of).level, gathered.role.level
        group = [one for one in self.members[below] if self._belongs(below, level, one) == member]
        for one in group:
            self.derive(gathered.of, one)
        values = [variable(gathered.of, one) for one in group]
        if len(values) < 2:
            return values[0] if values else "0.0"
        if gathered.how == "largest":
            return f"max({', '.join(values)})"
        return f"({' + '.join(values)})" + (f" / {len(values)}" if gathered.how == "mean" else "")

    def _belongs(self, below: str, level: str, member: str) -> str:
        known = len(self.members[level]) == 1 or (below, level) in self.setting.belongs
        return self.above(level, below, member) if known else self.members[level][0]

    def worth(self, option, member: str, without=()) -> str:
        """What an option is worth, as a sum of weights times incentives."""
        decision, terms = option.decision, []
        for incentive in option.incentives:
            if incentive.name not in without:
                self.need(incentive.rule.reads, decision.level, member)
                term = self.call(incentive.rule, decision.level, member)
                if incentive.weight:
                    owner = self.above(decision.role.level, decision.level, member)
                    term = f"{weight(decision.role.name, incentive.weight, owner)} * {term}"
                terms.append(term)
        return " + ".join(terms)

    def stale(self, *names: str) -> None:
        """Forget what was derived from names that have changed."""
        fresh, gone = set(names), set()
        while fresh:
            gone |= fresh
            fresh = {follower for follower, sources in self.derived.items() if sources & fresh} - gone
        self.valid = {(name, member) for name, member in self.valid if name not in gone}


def variable(name: str, member: str) -> str:
    """The variable of a name of a member."""
    return f"{name}__{member.replace('.', '_')}"


def weight(role: str, name: str, member: str) -> str:
    """The variable of the weight of an incentive."""
    return variable(f"weight_{role}_{name}", member)
