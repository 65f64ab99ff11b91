"""The schema of a scenario file, derived from what is declared: roles give the sections, quantities the keys."""

from __future__ import annotations

from ..engine.declare.parameter import Category, Quantity
from ..engine.declare.registry import Declarations
from ..engine.declare.role import Role
from ..files.numbers import Whole
from ..files.section import Section
from ..files.specs import Date, Flag, Refused, Spec, Text, Texts
from ..politics import examples
from .addresses import patterns
from .events.spec import EventList
from .policies import MandateList
from .quantities import CategorySpec, QuantitySpec
from .shipped import shipped_names

MOST_QUARTERS = 400
MANDATES = {"forbidden": "options that are never open", "mandatory": "options that are taken whenever they are open"}


def declarations() -> Declarations:
    """Everything that politics declares."""
    from ..politics.catalogue import declared

    return declared


class Schema:
    """The sections of a scenario (``root``) and of its policies, for one set of declarations."""

    def __init__(self, declared: Declarations):
        self.declared = declared
        self.places: dict[str, list[str]] = {}
        self.root = Section("a scenario", places=self.places, needs=("title", "start", "quarters"))
        policy = Section("a mandate on an actor's options", places=self.places, needs=("description",))
        policy.keys["description"] = Text("what it mandates, in a sentence")
        for role in declared.roles.values():
            self._add(self.root, role, self._values(role))
            self._add(policy, role, self._mandates(role))
            self._remember(role)
        for role in declared.roles.values():
            if role.naming != "none":
                self._structure(role)
        states = {
            key: target.declared
            for key, target in patterns(declared).items()
            if target.of_state and not target.declared.recomputed
        }
        self.root.keys |= {
            "title": Text("what the scenario is called"),
            "about": Text("what it is about"),
            "extends": Texts(
                "the scenario from which this one differs, or several, of which the last comes first", (*shipped_names(),)
            ),
            "start": Date("when it starts, as a month (2014-01) or a quarter (2014-Q1)"),
            "quarters": Whole(
                1,
                MOST_QUARTERS,
                "quarters",
                f"how many quarters it lasts, whatever the length of a turn ({examples.TIME_STEP})",
            ),
            "verified": Flag("whether the scenario as a whole was compared with its sources"),
            "policies": Section("policies by name", each=policy, noun="a policy"),
            "events": EventList(states),
        }

    def _add(self, root: Section, role: Role, keys: dict[str, Spec]) -> None:
        """Put keys into a role's section and, where a scenario may name several, into the section that addresses all."""
        for path in dict.fromkeys((role.section, role.name if role.many else role.section)):
            section = root
            for part in path.split("."):
                section = self._enter(section, part, role)
            for name, spec in keys.items():
                if name in MANDATES and path != role.name:
                    spec = Refused(f"a mandate holds for all alike; write it under '{role.name}:' in this policy")
                if name in section.keys:
                    raise ValueError(f"{path}.{name} would be two things")
                section.keys[name] = spec

    def _enter(self, section: Section, part: str, role: Role) -> Section:
        if part == "{}":
            section.each = section.each or Section(role.meaning, places=self.places)
            section.noun = section.noun or f"a {role.name}"
            return section.each
        return section.keys.setdefault(part, Section(role.meaning, places=self.places))

    def _values(self, role: Role) -> dict[str, Spec]:
        keys = {declared.key: self._value(declared) for declared in _owned(self.declared, role)}
        weights = {name: QuantitySpec(weight) for (owner, name), weight in self.declared.weights.items() if owner == role.name}
        if weights:
            keys["incentives"] = Section("what each incentive is worth", weights, places=self.places)
        return keys

    def _value(self, declared: Quantity | Category) -> Spec:
        if isinstance(declared, Category):
            return CategorySpec(declared)
        if declared.by:
            amounts = {item: QuantitySpec(declared, item) for item in self.declared.items[declared.by]}
            return Section(f"a value for each {declared.by}", amounts, places=self.places)
        return QuantitySpec(declared)

    def _mandates(self, role: Role) -> dict[str, Spec]:
        keys: dict[str, Spec] = {}
        for declared in _owned(self.declared, role):
            name = declared.key
            if isinstance(declared, Category):
                keys[name] = Refused("a policy mandates numbers and options; set this word in the scenario itself")
            elif declared.state:
                reason = "this changes during a run, so no policy can hold it; set its start in the scenario itself"
                keys[name] = Refused(reason)
            else:
                keys[name] = self._value(declared)
        if any(owner == role.name for owner, _ in self.declared.weights):
            keys["incentives"] = Refused("under a policy motives stay what they are; set them in the scenario itself")
        options = tuple(
            f"{decision.name}.{option.name}"
            for decision in self.declared.decisions.values()
            if decision.role is role
            for option in decision.options
            if not option.nothing
        )
        return keys | ({name: MandateList(options, description) for name, description in MANDATES.items()} if options else {})

    def _structure(self, role: Role) -> None:
        """Add the keys that are no quantities: a member's display name, and where it belongs."""
        section: Spec = self.root
        for part in role.section.split("."):
            section = section.each if part == "{}" else section.keys[part]
        section.keys["name"] = Text(f"what the {role.name} is called")
        above = key_of_belonging(self.declared, role)
        if above:
            section.keys[above] = Text(f"the {above} to which it belongs")

    def _remember(self, role: Role) -> None:
        """Remember in which section each name is known, for hints."""
        section = role.section.format("<name>", "<name>")
        for declared in _owned(self.declared, role):
            self.places.setdefault(declared.key, []).append(f"{section}.{declared.key}")
        for owner, name in self.declared.weights:
            if owner == role.name:
                self.places.setdefault(name, []).append(f"{section}.incentives.{name}")


def _owned(declared: Declarations, role: Role) -> list[Quantity | Category]:
    return [quantity for name, quantity in declared.quantities.items() if declared.owners[name] is role]


def key_of_belonging(declared: Declarations, role: Role) -> str:
    """The key under which a member names where it belongs; empty where its place in the file shows it."""
    above = role.inside[0] if role.inside else ""
    return "" if not above or role.section.startswith(declared.roles[above].section + ".") else above
