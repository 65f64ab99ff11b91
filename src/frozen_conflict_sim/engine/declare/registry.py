"""Everything that is declared, by name; checked and sealed before a model is built."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from importlib import import_module

from .consistency import faults_between
from .decision import Decision, Option
from .derived import Aggregate, Contribution, DerivedQuantity, FixedValue, Hazard, Noise, Procedure
from .faults import DeclarationError, unknown
from .names import WEIGHT, Names, Owner
from .rule import Rule
from .script import constants
from .script.description import described
from .script.packing import packed, unpack
from .trial.passed import digest_of, tried_once
from .trial.rules import faults_in

_CACHED = 64


@dataclass
class Declarations(Names):
    """Everything that has been declared, by name.

    ``seal`` checks it all and then refuses further declarations; ``open`` takes more inside a ``with`` block.
    """

    derived: dict[str, DerivedQuantity] = field(default_factory=dict)
    aggregates: dict[str, Aggregate] = field(default_factory=dict)
    noises: dict[str, Noise] = field(default_factory=dict)
    hazards: dict[str, Hazard] = field(default_factory=dict)
    procedures: list[Procedure] = field(default_factory=list)
    fixed_values: dict[str, FixedValue] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    contributions: list[Contribution] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)
    option_utilities: dict[str, tuple[Option, tuple[str, ...], str]] = field(default_factory=dict)
    delays: dict[str, tuple[str, str | int]] = field(default_factory=dict)
    ending: tuple[Rule, Owner] | None = None
    outcomes: dict[str, object] = field(default_factory=dict)
    items: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self):
        self._cache: dict[tuple, object] = {}
        self._sealed_with: list[tuple] = []
        self._packed: tuple[int, bytes] = (-1, b"")
        self._constants: dict[Callable, dict[str, str]] = {}
        self.phases: tuple[str, ...] = ()

    @property
    def acts(self) -> dict[str, Option]:
        """The options by the name under which other rules read whether they were chosen."""
        return {option.act: option for one in self.decisions.values() for option in one.options if option.act}

    def cached(self, make: Callable, *about):
        """``make(self, *about)``, computed once for these declarations; computed anew after a further declaration."""
        key = make, about, self.version
        if key not in self._cache:
            if len(self._cache) == _CACHED:
                self._cache.clear()
            self._cache[key] = make(self, *about)
        return self._cache[key]

    def computed_from(self) -> dict[str, set[str]]:
        """For every derived name the names from which it is computed."""
        names = {name: set(derived.rule.reads) for name, derived in self.derived.items()}
        names |= {name: {aggregate.of} for name, aggregate in self.aggregates.items()}
        names |= {name: {read for read in pair if isinstance(read, str)} for name, pair in self.delays.items()}
        for name, (option, without, _) in self.option_utilities.items():
            rules = [incentive.rule for incentive in option.incentives if incentive.name not in without]
            names[name] = {read for rule in rules for read in rule.reads}
        return names

    def sources_of(self, names: Iterable[str]) -> set[str]:
        """Some names and everything from which they are computed."""
        made_of, found, fresh = self.cached(Declarations.computed_from), set(), set(names)
        while fresh:
            found |= fresh
            fresh = {source for name in fresh for source in made_of.get(name, ())} - found
        return found

    def rules(self) -> Iterator[tuple[str, Owner, Rule]]:
        """Every rule that is evaluated for members, with its kind and the role whose view it reads."""
        for derived in self.derived.values():
            yield "derived quantity", derived.role, derived.rule
        for hazard in self.hazards.values():
            yield "hazard", hazard.role, hazard.rule
        for value in self.fixed_values.values():
            if isinstance(value.determined_by, Rule):
                yield "fixed value", value.role, value.determined_by
        for contribution in self.contributions:
            yield "contribution", contribution.role, contribution.rule
        if self.ending:
            yield "ending", self.ending[1], self.ending[0]
        for decision in self.decisions.values():
            for condition in decision.conditions:
                yield "condition", decision.role, condition
            for option in decision.options:
                for condition in option.own_conditions:
                    yield "condition", decision.role, condition
                for incentive in option.incentives:
                    yield "incentive", decision.role, incentive.rule

    def readable(self) -> set[str]:
        """The names that a rule of a member may read; single residents may read more."""
        weights = {WEIGHT + name for _, name in self.weights}
        return {*self.owners, *weights} - {name for role in self.roles.values() for name in role.resident_names}

    def faults(self) -> Iterator[str]:
        """A line for each fault, with file, line, name and the nearest name that is known."""
        known = self.readable()
        for one in [*self.quantities.values(), *self.weights.values()]:
            yield from one.faults()
            if followed := getattr(one, "follows", ""):
                yield from unknown([followed], self.quantities, one.place, f"{one.name} follows")
        for one in (*self.derived.values(), *self.hazards.values(), *self.contributions):
            yield from one.rule.faults(known)
        for one in self.aggregates.values():
            yield from one.faults(known)
        for one in self.outcomes.values():
            yield from one.rule.faults(known)
        for one in self.contributions:
            yield from one.faults(self)
        for one in self.fixed_values.values():
            yield from one.faults(known, self)
        if self.ending:
            yield from self.ending[0].faults(known)
        for name, pair in self.delays.items():
            yield from unknown([one for one in pair if isinstance(one, str)], known, self.places[name], f"{name} reads")
        for name, (option, without, _) in self.option_utilities.items():
            incentives = [incentive.name for incentive in option.incentives]
            yield from unknown(without, incentives, self.places[name], f"{name} leaves out the incentive")
        for decision in self.decisions.values():
            yield from decision.faults(known, self)
        for role in self.roles.values():
            yield from role.faults(known)
        yield from faults_between(self)

    def seal(self, catalogue: str = "", besides: tuple[str, ...] = (), phases: Iterable[str] = ()) -> None:
        """Check everything, then refuse further declarations.

        Raise :class:`DeclarationError` with every fault. ``catalogue`` is the module that imports every module of its package
        in which something is declared; one that it has not imported is a fault. ``besides`` are subpackages without rules.
        ``phases`` are those of a turn.
        """
        self.phases, self.catalogue = tuple(phases), catalogue
        self.made_of = digest_of(catalogue) if catalogue else ""
        self._check(*_unlisted(catalogue, besides), trial=tried_once if catalogue else faults_in)
        self.sealed, self._sealed_with = True, self._contents()

    @contextmanager
    def open(self):
        """Take further declarations inside a ``with`` block, for a script or a notebook that adds its own.

        At its end everything is checked and sealed again. After an error nothing of the block is left.
        """
        before, was_sealed = self._contents(), self.sealed
        self.sealed = False
        try:
            yield self
            self.version += 1
            self._check()
            self.check_constants()
        except BaseException:
            self._restore(before)
            raise
        finally:
            self.sealed = was_sealed

    def _check(self, *faults: str, trial: Callable = faults_in) -> None:
        """Raise an error if something is at fault; rules are tried once everything that they read is declared."""
        faults += tuple(self.faults())
        if faults := faults or tuple(trial([*self._untried()], self)):
            raise DeclarationError(faults)

    def _untried(self) -> Iterator[tuple[Rule, bool]]:
        """The rules that were not tried yet, each with whether it is evaluated in the precision of residents."""
        rules = [(rule, False) for _, _, rule in self.rules()]
        rules += [each for role in self.roles.values() if role.residents for each in role.residents.in_their_precision()]
        return ((rule, single) for rule, single in rules if rule.careful is None)

    def check_constants(self) -> None:
        """Raise an error if something that a rule of a script reads besides its arguments has changed since it was declared."""
        faults = []
        for rule in self.cached(constants.of_scripts):
            now = constants.constants_of(rule.function)
            faults += constants.changes(rule, self._constants.setdefault(rule.function, now), now)
        if faults:
            raise DeclarationError(faults)

    @property
    def additions(self) -> bytes:
        """What was declared since the seal, for other processes; no bytes if that is nothing."""
        self.check_constants()
        if self._packed[0] != self.version:
            self._packed = self.version, packed(self, self._sealed_with)
        return self._packed[1]

    def take(self, additions: bytes) -> None:
        """Have the same declarations as the process that packed these ``additions``."""
        if additions != self.additions:
            unpack(self, self._sealed_with, additions)
            self.version += 1
            self._packed = self.version, additions

    def __reduce_ex__(self, protocol):
        """A copy of sealed declarations is these, with the same additions."""
        if not self.catalogue:
            return super().__reduce_ex__(protocol)
        return _sealed_in, (self.catalogue, self.additions, self.describe_additions())

    def describe_additions(self) -> dict[str, str]:
        """A digest of everything that was declared or taken away since the seal, by name; the same in another session."""
        self.check_constants()
        return self.cached(_described)

    def restore(self) -> None:
        """Forget what was declared since the seal, so that a cell of a notebook can be run again."""
        self._restore(self._sealed_with)
        self._constants.clear()

    def _contents(self) -> list[tuple]:
        own = [getattr(self, one.name) for one in fields(self)]
        held = [one for one in own if isinstance(one, list | dict)]
        held += [one for decision in self.decisions.values() for one in (decision.options, decision.conditions)]
        options = [option for decision in self.decisions.values() for option in decision.options]
        held += [one for option in options for one in (option.own_conditions, option.incentives)]
        held += [one for role in self.roles.values() for one in role.containers()]
        return [(one, one.copy()) for one in held]

    def _restore(self, contents: list[tuple]) -> None:
        for held, before in contents:
            held.clear()
            held.update(before) if isinstance(held, dict) else held.extend(before)
        self.version += 1


def _sealed_in(catalogue: str, additions: bytes, digests: dict[str, str]) -> Declarations:
    """The declarations of a catalogue; raise :class:`DeclarationError` if a script has added others than these."""
    declared = import_module(catalogue).declared
    if digests != declared.describe_additions():
        if declared.additions and declared.additions != additions:
            rules = ", ".join(digests) or "none"
            what = f"this was saved with other rules of a script ({rules}) than are declared here"
            raise DeclarationError([f"{what}; call restore() on the declarations first"])
        declared.take(additions)
    return declared


def _described(declared: Declarations) -> dict[str, str]:
    return described(declared, declared._sealed_with)


def _unlisted(catalogue: str, besides: tuple[str, ...]) -> Iterator[str]:
    """A line for each module of the catalogue's package that has not been imported."""
    if catalogue:
        package = catalogue.rpartition(".")[0]
        for name in _modules(package, {f"{package}.{one}" for one in besides}):
            if name not in sys.modules:
                file = name.replace(".", "/") + ".py"
                yield f"{file}:1: no module imports this file, so its rules are not in the model; list it in {catalogue}"


def _modules(package: str, besides: set[str]) -> Iterator[str]:
    """The names of all modules of a package and of its subpackages."""
    for module in pkgutil.iter_modules(import_module(package).__path__, package + "."):
        if module.ispkg and module.name not in besides:
            yield from _modules(module.name, besides)
        elif not module.ispkg:
            yield module.name
