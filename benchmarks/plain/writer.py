"""Generate Python code: variables, calls of rules, and derived values."""

from contextlib import contextmanager

from frozen_conflict_sim.engine.declare.names import WEIGHT
from frozen_conflict_sim.engine.declare.parameter import Category
from frozen_conflict_sim.politics.catalogue import declared

from .primitives import with_plain_numbers


class LineWriter:
    """Writes the code of a setting; ``by_clause`` has every name that is a list by clause, with an example of its values."""

    def __init__(self, setting, by_clause: dict):
        self.setting, self.members = setting, setting.entities
        self.by_clause = by_clause
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
        """Write indented lines; values derived in them are not valid afterwards."""
        if head:
            self.write(head)
        before, valid = self.indent, set(self.valid)
        self.indent += "    "
        yield
        self.indent, self.valid = before, valid

    # Names

    def variable_for(self, name: str, level: str, member: str) -> str:
        """The variable that a member of a level reads under a name, its own or that of a level above."""
        owner = declared.owner(name)
        above = self.above(owner.level, level, member)
        if name.startswith(WEIGHT):
            return weight(owner.name, name.removeprefix(WEIGHT), above)
        return variable(name, above)

    def above(self, level: str, below: str, member: str) -> str:
        """The member of a level to which a member of a lower level belongs."""
        if level == below or len(self.members[level]) == 1:
            return member if level == below else self.members[level][0]
        return self.members[level][self.setting.belongs[below, level][self.members[below].index(member)]]

    def items(self, by: str) -> tuple[str, ...]:
        """The items of that name, or the members of the level of that name."""
        return declared.items.get(by) or self.members[by]

    def function(self, rule) -> str:
        """The name under which the code calls a rule."""
        function, name, number = with_plain_numbers(rule.function), rule.name, 1
        while self.known.setdefault(name, function) is not function:
            number += 1
            name = f"{rule.name}_{number}"
        return name

    def call(self, rule, level: str, member: str, extends: bool = False) -> str:
        """A call of a rule for a member. One that gives a number for each clause is called by clause where possible."""
        name, seen = self.function(rule), [self.variable_for(read, level, member) for read in rule.reads]
        by_clause = [read for read in rule.reads if read in self.by_clause]
        if not extends or not by_clause or not self._takes_one_clause(rule):
            return f"{name}({', '.join(seen)})"
        single = [f"one_{read}" if read in by_clause else value for read, value in zip(rule.reads, seen)]
        many = ", ".join(value for read, value in zip(rule.reads, seen) if read in by_clause)
        each = ", ".join(f"one_{read}" for read in by_clause)
        return f"[{name}({', '.join(single)}) for {each} in {f'zip({many})' if len(by_clause) > 1 else many}]"

    def _takes_one_clause(self, rule) -> bool:
        """Whether a rule can be called for a single clause; otherwise it takes the whole treaty."""
        try:
            rule.function(*(self.by_clause.get(read, self._one(read)) for read in rule.reads))
        except TypeError:
            return False
        return True

    def _one(self, name: str) -> float | str:
        quantity = declared.quantities.get(name)
        return quantity.default if isinstance(quantity, Category) else 0.5

    # Derived values

    def require(self, names, level: str, member: str) -> None:
        """Write the derivation of names that a member reads and that are not valid at this point."""
        for name in names:
            self.derive(name, self.above(declared.owner(name).level, level, member))

    def derive(self, name: str, member: str) -> None:
        """Write the derivation of a name for its owner, unless it is valid."""
        if (name, member) in self.valid or not (name in self.derived or name in declared.noises):
            return
        level, mine = declared.owner(name).level, variable(name, member)
        if name in declared.derived:
            derived = declared.derived[name]
            self.require(derived.rule.reads, level, member)
            self.write(f"{mine} = {self.call(derived.rule, level, member, bool(derived.by))}")
        elif name in declared.aggregates:
            self.write(f"{mine} = {self._aggregate(declared.aggregates[name], member)}")
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
            self.require([of, *([turns] if isinstance(turns, str) else [])], level, member)
            lag = self.variable_for(turns, level, member) if isinstance(turns, str) else turns
            self.write(f"{mine} = ago(past_{variable(of, member)}, {lag}, {variable(of, member)})")
        self.valid.add((name, member))

    def _aggregate(self, aggregate, member: str) -> str:
        below, level = declared.owner(aggregate.of).level, aggregate.role.level
        group = [one for one in self.members[below] if self._belongs(below, level, one) == member]
        for one in group:
            self.derive(aggregate.of, one)
        values = [variable(aggregate.of, one) for one in group]
        if len(values) < 2:
            return values[0] if values else "0.0"
        if aggregate.how == "largest":
            return f"max({', '.join(values)})"
        return f"({' + '.join(values)})" + (f" / {len(values)}" if aggregate.how == "mean" else "")

    def _belongs(self, below: str, level: str, member: str) -> str:
        known = len(self.members[level]) == 1 or (below, level) in self.setting.belongs
        return self.above(level, below, member) if known else self.members[level][0]

    def worth(self, option, member: str, without=()) -> str:
        """The utility of an option: a sum of weights times incentives."""
        decision, terms = option.decision, []
        for incentive in option.incentives:
            if incentive.name not in without:
                self.require(incentive.rule.reads, decision.level, member)
                term = self.call(incentive.rule, decision.level, member)
                if incentive.weight:
                    owner = self.above(decision.role.level, decision.level, member)
                    term = f"{weight(decision.role.name, incentive.weight, owner)} * {term}"
                terms.append(term)
        return " + ".join(terms)

    def invalidate(self, *names: str) -> None:
        """Mark all values that depend on names as no longer valid."""
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
