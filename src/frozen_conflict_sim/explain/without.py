"""The same run, with the same random numbers, without an act, a treaty, an event or a channel: what it was the cause of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..engine.arrays.decisions import Bar
from ..engine.declare.decision import Option
from ..engine.declare.parameter import Category
from ..engine.declare.registry import Declarations
from ..engine.setting import Setting, Value
from ..files.problems import InputError, Position, Problem, listed
from ..model.columns import called, name_of
from ..model.simulation import Simulation
from ..politics.wording import ASKED_FOR_AS
from ..scenario.addresses import addresses_of
from ..scenario.schema import declarations
from .names import plain, refuse, turn_called

FILLING = frozenset({"the", "of", "with", "to", "by", "in", "from", "and", "over", "for", "on", "at", "all", "s"})
OFF = "off"
DATE = re.compile(r"\d{4}-(?:q\d|\d\d)")


@dataclass(frozen=True)
class Removal:
    """What is taken out of a run: acts by option, members and turns; an event by name; or channels, by key.

    ``members`` has for a level the indices of those about whom acts are taken out; about those of other levels all are.
    """

    what: str
    options: tuple[Option, ...] = ()
    members: dict[str, frozenset[int]] | None = None
    turn: int | None = None
    event: str = ""
    channels: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """What is taken out, as it stands in a sentence: acts as they were asked for."""
        return f"“{self.what}”" if self.options else f"the {self.what}"

    def concerns(self, option: Option, at: int, turn: int) -> bool:
        """Whether an option about the member with the index ``at`` in a turn is taken out."""
        level = option.decision.level
        here = self.members is None or level not in self.members or at in self.members[level]
        return here and self.turn in (None, turn) and any(one is option for one in self.options)


def taken_out(model: Simulation, removal: Removal, run: int = 0) -> list[int]:
    """The turns, counted from 0, in which a run has what is to be taken out; raises ``InputError`` if it has nothing of it."""
    if removal.channels:
        return [0]
    if removal.event:
        occurred = model.occurred.get(removal.event)
        found = [0] if occurred is not None and occurred[run] else []
    else:
        found = _turns_of(model, removal, run)
    if not found:
        others = dict.fromkeys(map(model.setting.date, _turns_of(model, replace(removal, turn=None), run)))
        instead = f"; it was done in {listed(others, 8)}" if others else ""
        raise InputError([Problem(Position("explain"), "", f"this run has nothing to take out: no {removal.what}{instead}")])
    return found


def _turns_of(model: Simulation, removal: Removal, run: int) -> list[int]:
    return [
        receipt.turn
        for receipt in model.decision_maker.receipts
        if receipt.moment.active[run]
        for at in range(len(receipt.members))
        if removal.concerns(receipt.decision.options[receipt.chosen[at, run]], at, receipt.turn)
    ]


def played_without(model: Simulation, removal: Removal, run: int = 0) -> Simulation:
    """A model that has played a run again, with the same random numbers, without what is taken out; it keeps receipts."""
    again = alone(model, run, setting_without(model.setting, removal))
    again.decision_maker.barred = tuple(bars(again, removal))
    return again.run_to_end()


def setting_without(setting: Setting, removal: Removal) -> Setting:
    """The setting without an event or a channel that is taken out."""
    if removal.event:
        setting = replace(setting, events=tuple(event for event in setting.events if event.name != removal.event))
    if removal.channels:
        specific = addresses_of(declarations(), setting.entities).specific
        off = {at: Value("fixed", (OFF,), stream=key) for at, key in specific.items() if key in removal.channels}
        setting = replace(setting, values=setting.values | off)
    return setting


def alone(model: Simulation, run: int = 0, setting: Setting | None = None) -> Simulation:
    """A model of one run of another, with its random numbers and values, that has not been played; it keeps receipts."""
    streams = model.world.streams
    given = {address: np.broadcast_to(values, model.runs)[[run]] for address, values in model._given.items()}
    numbers = streams.stream_numbers[[run]]
    return Simulation(setting or model.setting, 1, streams.seed, stream_numbers=numbers, given=given, keep_receipts=True)


def bars(model: Simulation, removal: Removal) -> Iterator[Bar]:
    """What closes the options that are taken out."""
    turns = range(model.setting.turns) if removal.turn is None else range(removal.turn, removal.turn + 1)
    for option in removal.options:
        members = range(len(model.world.members(option.decision.level)))
        closed = np.array([[removal.concerns(option, at, turns[0])] for at in members])
        yield Bar(option.address, turns, closed)


def removal_called(declared: Declarations, setting: Setting, written: str) -> Removal:
    """What a text such as "abkhazia treaty", "ask 2014-Q4", "Crimea" or "grievance" means. Raises ``InputError``."""
    text = plain(written)
    for event in setting.events:
        if text == plain(event.name):
            return Removal(f"event {event.name}", event=event.name)
    if keys := _channels(declared, setting).get(text.removesuffix(" channel")):
        return Removal(f"channel of {text.removesuffix(' channel')}", channels=keys)
    return _of_acts(declared, setting, written, _Vocabulary(declared, setting))


def _channels(declared: Declarations, setting: Setting) -> dict[str, tuple[str, ...]]:
    """Categories that can be off, by name without ``_channel``, with their keys."""
    found = {}
    for name, category in declared.quantities.items():
        if isinstance(category, Category) and OFF in category.options:
            owner = declared.owners[name]
            keys = tuple(owner.dotted(member, name) for member in setting.entities[owner.level])
            found[plain(name.removesuffix("_channel"))] = keys
    return found


class _Vocabulary:
    """The words by which acts and members of a scenario are asked for, each with what it means."""

    def __init__(self, declared: Declarations, setting: Setting):
        self.acts: dict[str, list[Option]] = {}
        by_act = declared.acts
        for word, acts in ASKED_FOR_AS.items():
            for spelling in (word, f"{word}s", f"{word.removesuffix('y')}ies"):
                self.acts[spelling] = [by_act[act] for act in acts if act in by_act]
        for act, option in by_act.items():
            self.acts.setdefault(plain(act), [option])
            self.acts.setdefault(plain(option.address), [option])
        for option in by_act.values():
            if plain(option.name) not in ASKED_FOR_AS:
                self.acts.setdefault(plain(option.name), []).append(option)
        self.who: dict[str, tuple[str, str, str]] = {}
        for role in dict.fromkeys(owner for one in declared.decisions.values() for owner in (one.role, one.about)):
            for member in setting.entities[role.level]:
                for name in (name_of(setting, role, member), member, called(setting, member)):
                    self.who.setdefault(plain(name), (role.name, role.level, member))

    def parsed(self, tokens: list[str]) -> Iterator[str]:
        """The known phrases of a text, the longest first; ``KeyError`` for a word that is neither known nor filling."""
        while tokens:
            for length in range(len(tokens), 0, -1):
                phrase = " ".join(tokens[:length])
                if phrase in self.acts or phrase in self.who or DATE.fullmatch(phrase):
                    yield phrase
                    break
            else:
                length = 1
                if tokens[0] not in FILLING:
                    raise KeyError(tokens[0])
            del tokens[:length]


def _of_acts(declared: Declarations, setting: Setting, written: str, known: _Vocabulary) -> Removal:
    options: list[Option] = []
    named, roles, turn = [], set(), None
    try:
        phrases = list(known.parsed(plain(written).replace("'", " ").split()))
    except KeyError as word:
        others = [*(plain(event.name) for event in setting.events), *_channels(declared, setting)]
        raise refuse("act, event, channel or member", word.args[0], [*known.acts, *known.who, *others]) from None
    for phrase in phrases:
        if phrase in known.acts:
            options += known.acts[phrase]
        elif phrase in known.who:
            role, level, member = known.who[phrase]
            roles.add(role)
            named.append((level, member))
        else:
            turn = turn_called(setting, phrase.upper())
    if not options:
        which = ", ".join(ASKED_FOR_AS)
        raise InputError([Problem(Position("explain"), "", f"{written!r} names no act, event or channel; acts are {which}")])
    options = [option for option in options if option.decision.role.name in roles] or options
    each = {option.address: option for option in options}
    return Removal(" ".join(written.split()), tuple(each.values()), _places(setting, options, named), turn=turn)


def _places(setting: Setting, options: list[Option], named: list) -> dict[str, frozenset[int]] | None:
    """For each level of the options the members that are named, or belong to one that is named."""
    found: dict[str, frozenset[int]] = {}
    for level in {option.decision.level for option in options}:
        limits = []
        for of, member in named:
            at = setting.entities[of].index(member)
            if of == level:
                limits.append((of, {at}))
            elif (level, of) in setting.belongs:
                limits.append((of, {below for below, above in enumerate(setting.belongs[level, of]) if above == at}))
            elif (of, level) in setting.belongs:
                limits.append((of, {setting.belongs[of, level][at]}))
        by_level: dict[str, set[int]] = {}
        for of, places in limits:
            by_level.setdefault(of, set()).update(places)
        if by_level:
            found[level] = frozenset(set.intersection(*by_level.values()))
    return found or None
