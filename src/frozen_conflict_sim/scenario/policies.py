"""Policies: mandates on what actors may do, by name; for whom, when and under which conditions they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.declare.decision import Option
from ..engine.declare.parameter import Category
from ..engine.declare.registry import Declarations
from ..engine.setting import MANDATES, Mandate, Policy
from ..files.dates import quarters_after, written
from ..files.json_schema import sentence
from ..files.nodes import Broken, Mapping, Node, Sequence, position_at
from ..files.problems import Report, listed, nearest
from ..files.section import Section
from ..files.specs import Date, OneOf, Parsed, Texts, scalar
from ..politics import examples
from .addresses import Addresses, flattened, values
from .events.conditions import condition
from .extends import Merged


@dataclass(frozen=True)
class MandateList:
    """A list of options, each alone, or in a map that says for whom, when and under which conditions."""

    options: tuple[str, ...]
    description: str

    @property
    def entry(self) -> Section:
        """The map."""
        return Section(
            "an option for some members, for some time, or under conditions",
            {
                "option": OneOf(self.options, "which option"),
                "of": Texts("the member or members that the decision is about; all, if not given"),
                "from": Date("the first quarter in which it holds"),
                "until": Date("the last quarter in which it holds"),
                "when": Texts(f"a condition, or several that must all hold, as in {examples.CONDITION!r}"),
            },
            needs=("option",),
        )

    def check(self, node: Node, key: str, report: Report):
        """Read the entries as a tuple of words and dictionaries."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence):
            report.add(node.position, key, f"expected a list such as [{listed(self.options, 2)}], found {node}")
            return None
        entries: list = []
        for number, item in enumerate(node.items, 1):
            if isinstance(item, Mapping):
                read = self.entry.check(item, f"{key}[{number}]", report)
                if read and "option" in read and len(read) == len(item.entries):
                    entries.append(read)
            elif (word := self._word(item, key, report)) and word not in entries:
                entries.append(word)
        return Parsed(tuple(entries), node.position)

    def _word(self, item: Node, key: str, report: Report) -> str | None:
        found = scalar(item, key, report, f"one of {listed(self.options)}", str)
        if found and found.data not in self.options:
            hint = nearest(found.data, self.options) or f"; known are {listed(self.options)}"
            report.add(item.position, key, f"{found.data!r} is not one of the words that this list may have{hint}")
            return None
        return found and found.data

    def schema(self, definitions: dict) -> dict:
        """A list of options or maps."""
        entry = self.entry.schema(definitions) | {"type": "object"}
        items = {"if": {"type": "object"}, "then": entry, "else": {"enum": list(self.options)}}
        return {"description": sentence(self.description), "type": ["array", "null"], "items": items}


@dataclass
class MandateReader:
    """Makes mandates of what was read; ``above`` are, for each level, the level itself and all levels above it."""

    horizon: tuple[tuple[int, int], int]
    addresses: Addresses
    entities: dict[str, tuple[str, ...]]
    above: dict[str, frozenset[str]]
    merged: Merged
    report: Report

    def mandate(self, read: dict, option: Option, key: str) -> str | Mandate | None:
        """A mandate, or the option alone if it holds for all and always; ``None`` if nothing is left of an inherited one."""
        level = option.decision.level
        of, span = self._members(read, level, key), self._span(read, key)
        when = tuple(self._condition(read["when"], one, level, key) for one in read["when"].data) if "when" in read else ()
        if span is None or of == () or None in when:
            return None
        mandate = Mandate(option.address, of, *span, when)
        return option.address if mandate == Mandate(option.address) else mandate

    def _members(self, read: dict, level: str, key: str) -> tuple[str, ...] | None:
        if "of" not in read:
            return None
        found, known = read["of"], self.entities[level]
        for name in found.data:
            if name not in known and not self.merged.inherited(found.position):
                hint = nearest(name, known) or f"; known are {listed(known)}"
                self.report.add(found.position, f"{key}.of", f"the decision is about no {level} of the name {name!r}{hint}")
        return tuple(member for member in known if member in found.data)

    def _span(self, read: dict, key: str) -> tuple[int, int | None] | None:
        """First and last quarter within the horizon; no last one if it holds to the end."""
        start, quarters = self.horizon
        at = {word: quarters_after(read[word].data, start) for word in ("from", "until") if word in read}
        first, last = at.get("from", 0), at.get("until")
        if len(at) == 2 and first > last:
            self.report.add(read["from"].position, f"{key}.from", "this lies after 'until'; exchange the two")
            return None
        outside = [word for word in at if not 0 <= at[word] < quarters]
        for word in outside:
            if not self.merged.inherited(read[word].position):
                horizon = f"{written(start)} to {written(start, quarters - 1)}"
                message = f"expected a date within the horizon, {horizon}, found {written(read[word].data)}"
                self.report.add(read[word].position, f"{key}.{word}", message)
        if first >= quarters or (last is not None and last < 0):
            return None
        return max(first, 0), None if last is None or last >= quarters - 1 else last

    def _condition(self, found: Parsed, text: str, level: str, key: str) -> tuple | None:
        dotted = text.split()[0] if text.split() else ""
        if self.merged.gone(dotted, found.position):
            return None
        return condition(Parsed(text, found.position), f"{key}.when", self.addresses, self.report, self.above[level])


def policies(declared: Declarations, read: dict, reader: MandateReader) -> dict[str, Policy]:
    """The policies of a scenario."""
    reserved = {
        word
        for category in declared.quantities.values()
        if isinstance(category, Category) and category.open_to == "policies"
        for word in category.options
    }
    addresses, merged, report, found = reader.addresses, reader.merged, reader.report, {}
    for name, mandate in read.items():
        key = f"policies.{name}"
        position = position_at(merged.root, ("policies", name))
        if name in reserved:
            report.add(position, key, f"{name!r} means to have no policy; choose another name")
        _check_members(mandate, key, addresses, merged, report)
        description = mandate["description"].data if "description" in mandate else ""
        lists = {kind: tuple(_mandates(declared, mandate, kind, key, reader)) for kind in MANDATES}
        found[name] = Policy(name, description, values(mandate, addresses), **lists)
        for problem in _contradictions(found[name]):
            report.add(position, key, problem)
    return found


def _mandates(declared: Declarations, policy: dict, kind: str, key: str, reader: MandateReader) -> Iterator[str | Mandate]:
    """The options of all actors that a policy forbids, or makes mandatory."""
    for role in declared.roles.values():
        section = policy.get(role.name)
        named = section.get(kind) if isinstance(section, dict) else None
        for number, entry in enumerate(named.data if isinstance(named, Parsed) else (), 1):
            if isinstance(entry, str):
                yield f"{role.name}.{entry}"
                continue
            decision, _, name = entry["option"].data.partition(".")
            options = declared.decisions[f"{role.name}.{decision}"].options
            option = next(one for one in options if one.name == name)
            mandate = reader.mandate(entry, option, f"{key}.{role.name}.{kind}[{number}]")
            if mandate is not None:
                yield mandate


def _contradictions(policy: Policy) -> Iterator[str]:
    """A message for each option that is forbidden wherever it is mandatory."""
    for entry in dict.fromkeys(policy.mandatory):
        option = entry if isinstance(entry, str) else entry.option
        name = option.partition(".")[2]
        if entry in policy.forbidden:
            yield f"{name} cannot be forbidden and mandatory at once; choose one"
        elif option in policy.forbidden:
            yield f"{name} is forbidden always, so it is never mandatory; choose one, or say when it is forbidden"


def _check_members(mandate: dict, key: str, addresses: Addresses, merged: Merged, report: Report) -> None:
    """Report values for members that do not take part; an inherited value may address a member that was removed."""
    for dotted, found in flattened(mandate):
        if dotted not in addresses and not merged.gone(dotted, found.position):
            position = position_at(merged.root, (*key.split("."), *dotted.split(".")))
            report.add(position, f"{key}.{dotted}", addresses.unknown(dotted))
