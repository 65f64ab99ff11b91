"""A sample of states in which rules are tried: every number within its bounds, drawn at random but always the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from ...elementwise.exact import exactly
from ..faults import did_you_mean
from ..names import CANDIDATE, NEIGHBOURS, WEIGHT, Names
from ..parameter import Category
from ..rule import Rule

SIZE = 24


class Word(str):
    """A word of a category, which is compared with words of that category only."""

    category: Category

    def __eq__(self, other):
        known = self.category
        if isinstance(other, str) and other not in known.options and not known.open_to:
            raise ValueError(f"{other!r} is no word of {known.name}{did_you_mean(other, known.options)}")
        return super().__eq__(other)

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__


class Sample(Mapping):
    """``sample[name]`` has ``SIZE`` values of what a rule reads under a name, items in front; a category is one word.

    What follows from a rule is computed from the same sample. Names whose values only a procedure knows are missing.
    ``word`` picks the word of each category: its place among the options, counted around.
    """

    def __init__(self, declared: Names, word: int = 0):
        self.declared, self.word = declared, word
        self.random = np.random.default_rng(1)
        self.seen: dict[str, object] = {}

    def __iter__(self):
        return iter(self.declared.owners)

    def __len__(self):
        return len(self.declared.owners)

    def __getitem__(self, name: str):
        if name not in self.seen:
            self.seen[name] = None  # what depends on itself has no value
            self.seen[name] = self._drawn(name)
            if isinstance(self.seen[name], np.ndarray):
                self.seen[name].flags.writeable = False
        if self.seen[name] is None:
            raise KeyError(name)
        return self.seen[name]

    def _drawn(self, name: str):
        declared = self.declared
        known = self._declared_numbers.get(name)
        if isinstance(known, Category):
            word = Word(known.options[self.word % len(known.options)])
            word.category = known
            return word
        if known:
            return self._uniform(known.low, known.high, declared.items[known.by] if known.by else ())
        if rule := self._rules.get(name):
            return self._computed(rule, getattr(declared.derived.get(name), "by", ""))
        if name in declared.aggregates:
            return self._aggregate(declared.aggregates[name])
        if name in declared.delays:
            return self[declared.delays[name][0]][..., ::-1]
        if name in declared.noises:
            one = declared.noises[name]
            shape = (len(declared.items.get(one.by, "  ")), SIZE) if one.by else (SIZE,)
            return self.random.normal(size=shape) if one.law == "normal" else self.random.random(shape)
        if name.startswith(NEIGHBOURS):
            return self[name.removeprefix(NEIGHBOURS)][..., ::-1]
        if name in declared.option_utilities:
            return self._uniform(-1.0, 1.0)
        if name in declared.acts or name in declared.hazards or name in declared.fixed_values:
            return self.random.integers(0, 2, SIZE).astype(float)
        if name == CANDIDATE:
            return 0
        return self._uniform(0.0, 1.0) if name in self._draws else None

    @cached_property
    def _declared_numbers(self) -> dict:
        """Quantities, categories and traits by name; weights by the name under which rules read them."""
        weights = {WEIGHT + name: one for (_, name), one in self.declared.weights.items()}
        traits = {name: one for each in self._residents for name, one in each.traits.items()}
        return {**self.declared.quantities, **weights, **traits}

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        """The rules from which the values of names follow."""
        fixed = {name: one.determined_by for name, one in self.declared.fixed_values.items()}
        rules = {name: one for name, one in fixed.items() if isinstance(one, Rule)}
        rules |= {name: one.rule for name, one in self.declared.derived.items()}
        for each in self._residents:
            rules |= {**each.derived, **each.candidates}
        return rules

    @cached_property
    def _residents(self) -> list:
        return [role.residents for role in self.declared.roles.values() if role.residents]

    @cached_property
    def _draws(self) -> set[str]:
        return {draw for each in self._residents for draw in each.draws}

    def _uniform(self, low: float, high: float, items=()) -> np.ndarray:
        return self.random.uniform(low, high, (len(items), SIZE) if items else SIZE)

    def _computed(self, rule: Rule, by: str):
        """What a rule gives; some numbers if it is at fault or reads what only a procedure knows."""
        try:
            found = np.asarray(exactly(rule.function, [self[name] for name in rule.reads]), float)
        except Exception:  # the rule's own trial says what is wrong
            return self._uniform(0.0, 1.0, self.declared.items[by] if by else ())
        return np.array(np.broadcast_to(found, (*found.shape[:-1], SIZE)))

    def _aggregate(self, one) -> np.ndarray:
        """Of two members."""
        this, that = self[one.of], self[one.of][..., ::-1]
        return {"sum": this + that, "mean": (this + that) / 2.0, "largest": np.maximum(this, that)}[one.how]
