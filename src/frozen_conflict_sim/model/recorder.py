"""The record of a model: the trajectory of every quantity, every choice, and the outcomes that follow from both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

import numpy as np

from ..engine.memory import borrowed
from ..engine.numerics import of_shape
from ..politics.catalogue import declared
from ..politics.outcomes import OUTCOMES
from ..politics.outcomes.classes import classify
from ..politics.roles import ACTORS
from .bounds import bounds_of, bounds_of_unit, inside, refuse
from .columns import decision_columns, recorded, utility_names
from .varying import varying


class _Results(dict):
    """Outcomes by name, each computed when it is first asked for."""

    def __init__(self, recorder: Recorder):
        super().__init__()
        self.recorder = recorder

    def __missing__(self, name: str) -> np.ndarray:
        self[name] = self.recorder._result(OUTCOMES[name])
        return self[name]


class Recorder:
    """Records a model turn by turn, in single precision.

    ``values`` and ``choices`` have the shape ``(row, run, turn)``; ``length`` is how many turns are recorded. If outcomes are
    computed ``at_once``, from the records of compiled code, these tables hold only the columns that are to be kept.
    """

    def __init__(self, model, keep: tuple[str, ...] | None = None):
        self.model, self.world, self.setting = model, model.world, model.setting
        self.kept, self.keep, self.at_once = recorded(), keep, None
        read = {name for outcome in OUTCOMES.values() for name in outcome.rule.reads} | {"patron_coerces"}
        self.rows, self.choice_rows, self.length = {}, {}, 0
        count = 0
        for name in sorted(read | set(self.kept)):
            if self._changes(name):
                self.rows[name] = count, self.world.shape(name)
                count += prod(self.world.shape(name))
        self.bounds = np.tile([-np.inf, np.inf], (count, 1))
        for name, (_, _, unit, _) in self.kept.items():
            first, shape = self.rows[name]
            self.bounds[first : first + prod(shape)] = bounds_of(name, unit)
        self.counts = [count, 0]
        for key, decision in declared.decisions.items():
            self.choice_rows[key] = self.counts[1]
            self.counts[1] += len(self.setting.entities[decision.level])
        self.restart(self.setting)

    def make_tables(self, at_once=None) -> np.ndarray:
        """Make the tables; what compiled code has to keep of its records: how many values and choices, and then their rows.

        ``at_once`` computes outcomes from records, so that tables hold only what is to be kept.
        """
        self.at_once, rows = at_once, [range(count) for count in self.counts]
        if at_once:
            wanted = set(self.keep)
            rows[0] = [row for column, _, row in self.columns() if column in wanted]
            rows[1] = [row for column, row in self.choice_columns() if column in wanted]
        self.places, self.choice_places = ({row: place for place, row in enumerate(one)} for one in rows)
        runs, turns = self.world.runs, self.setting.turns
        self.values = borrowed((len(rows[0]), runs, turns), np.float32)
        self.choices = borrowed((len(rows[1]), runs, turns), np.int8)
        return np.array([*map(len, rows), *rows[0], *(self.counts[0] + row for row in rows[1])], np.int64)

    def release(self) -> None:
        """Let go of the arrays, which the next recorder can use again; nothing more can be asked of this one."""
        self.values = self.choices = self.results = self.at_once = None

    def columns(self) -> Iterator[tuple[str, str, int]]:
        """Every trajectory: its column, the name of the quantity, and its row in a record."""
        for name, (role, by, _, _) in self.kept.items():
            items = [f".{item}" for item in declared.items[by]] if by else [""]
            members = self.setting.entities[role.level]
            for row, (item, member) in enumerate(product(items, members), self.rows[name][0]):
                yield f"{member}.{name}{item}", name, row

    def choice_columns(self) -> Iterator[tuple[str, int]]:
        """Every decision: its column, and its row among the choices."""
        for key, decision in declared.decisions.items():
            for at, column in enumerate(decision_columns(self.setting, decision)):
                yield column, self.choice_rows[key] + at

    def restart(self, setting) -> None:
        """Record from the first turn on, for a setting of the same structure."""
        self.setting, self.length = setting, 0
        self.varying = varying(setting)
        self.at_start = {
            name: np.array(self.world.given[name]) for (_, _, name, _), _ in self.varying.values() if name in self.world.given
        }
        self.results = _Results(self)

    def _changes(self, name: str) -> bool:
        """Whether the value under a name may change: a state, or what is computed from one."""
        if name in declared.quantities:
            return name in self.kept
        return name not in self.world.frozen and name not in self.world.constant

    def note_choice(self, decision, chosen: np.ndarray) -> None:
        """Record a decision; ``chosen`` are indices of options, shape ``(member, run)``."""
        first = self.choice_rows[decision.key]
        self.choices[first : first + len(chosen), :, self.length] = np.where(self.world.active, chosen, 0)

    def record(self) -> None:
        """Record the values of the turn."""
        for name, (first, shape) in self.rows.items():
            values = np.broadcast_to(self.world.own_level(name), (*shape, self.world.runs))
            self.values[first : first + prod(shape), :, self.length] = values.reshape(-1, self.world.runs)
        self.length += 1

    def names(self) -> list[str]:
        """The columns of trajectories without items."""
        return [
            f"{member}.{name}"
            for name, (role, by, _, _) in self.kept.items()
            if not by
            for member in self.setting.entities[role.level]
        ]

    def latest(self, column: str) -> float:
        """The last value of a column in an ordinary model of one run."""
        member, name = column.rsplit(".", 1)
        members = self.setting.entities[self.kept[name][0].level]
        return float(self.values[self.rows[name][0] + members.index(member), 0, self.length - 1])

    def history(self, name: str) -> np.ndarray:
        """The trajectory of a name, shape ``(turn, …, member, run)``; without turns if the value does not change."""
        if name not in self.rows:
            return self.world.own_level(name)
        first, shape = self.rows[name]
        rows = self.values[first : first + prod(shape), :, : self.length]
        return np.moveaxis(rows.reshape(*shape, self.world.runs, self.length), -1, 0)

    def outcomes(self) -> dict[str, np.ndarray]:
        """Every outcome by column; raise ``OutOfBounds`` if one leaves the bounds of its unit."""
        self.results = _Results(self)
        table: dict[str, np.ndarray] = {}
        origins: dict[str, tuple[str, str]] = {}
        for name, outcome in OUTCOMES.items():
            members = self.setting.entities[outcome.role.level]
            items = declared.items[outcome.by] if outcome.by else ("",)
            values = self.results[name] if outcome.by else self.results[name][None]
            for at, member in enumerate(members):
                for place, item in enumerate(items):
                    column = f"{member}.{name}" + (f".{item}" if item else "")
                    table[column], origins[column] = values[place, at], (name, outcome.unit)
        for unit, more in {"utility": self._utilities(), "share": self._strata()}.items():
            table |= more
            origins |= {column: (column, unit) for column in more}
        self._hold(table, origins)
        return table

    def _hold(self, table: dict[str, np.ndarray], origins: dict[str, tuple[str, str]]) -> None:
        """Refuse outcomes out of the bounds of their units; ``origins`` are name and unit of each. They may be undefined."""
        values = np.stack(list(table.values()))
        known = np.where(np.isnan(values), 0.0, values)
        bounds = np.array([bounds_of_unit(unit) for _, unit in origins.values()])
        held = inside(known.min(axis=1), known.max(axis=1), *bounds.T)
        for at, (column, (name, _)) in enumerate(origins.items()):
            if not held[at]:
                refuse(column, name, known[at], tuple(bounds[at]), self.world.streams.stream_numbers)

    def shape_of(self, outcome) -> tuple[int, ...]:
        """The shape of an outcome for each run: its items, if it has some, and the members of its role."""
        items = (len(declared.items[outcome.by]),) if outcome.by else ()
        return (*items, len(self.setting.entities[outcome.role.level]))

    def _result(self, outcome) -> np.ndarray:
        shape = (*self.shape_of(outcome), self.world.runs)
        if self.at_once:
            return self.at_once.outcome(outcome.rule.name, shape)
        value = outcome.rule({name: self.history(name) for name in outcome.rule.reads})
        try:
            return of_shape(np.asarray(value, float)[..., :], shape)  # a lone number mixes runs
        except (TypeError, ValueError, IndexError):
            what = f"outcome {outcome.rule.name} ({outcome.rule.place}) is not a number for each {outcome.role.name} and run"
            raise ValueError(f"{what}; reduce trajectories along their first axis, the turns, only") from None

    def _utilities(self) -> dict[str, np.ndarray]:
        table = {}
        realised = self.model.decision_maker.realised
        for role in ACTORS:
            members = self.setting.entities[role.level]
            shape = len(members), self.world.runs
            parts = {name: of_shape(realised[role.name, name], shape) for name in utility_names(role)}
            for at, member in enumerate(members):
                table[f"{member}.utility"] = sum(part[at] for part in parts.values())
                table |= {f"{member}.utility.{name}": part[at] for name, part in parts.items()}
        return table

    def _strata(self) -> dict[str, np.ndarray]:
        table = {}
        belongs = self.setting.belongs["stratum", "territory"]
        for index, (member, above) in enumerate(zip(self.setting.entities["stratum"], belongs)):
            population, reader = self.model.populations[above], self.model.observation.reader(above)
            share = population.average("prefers_accession_now", reader, part=belongs[:index].count(above))
            table[f"{member}.prefers_accession_at_end"] = share
            table[f"{member}.prefers_independence_at_end"] = 1.0 - share
        return table

    def classes(self) -> np.ndarray:
        """The class of each run, as a word."""
        return self.at_once.classes() if self.at_once else classify(self.results, self.history)

    def trajectories(self) -> dict[str, np.ndarray]:
        """Every quantity that is kept by column, shape ``(run, turn)``; raise ``OutOfBounds`` if one leaves its bounds."""
        played = self.values[:, :, : self.length]
        if self.at_once and self.at_once.left_bounds():
            self.model.in_full().trajectories()
        checked = played.size and not self.at_once
        held = inside(played.min(axis=(1, 2)), played.max(axis=(1, 2)), *self.bounds.T) if checked else None
        table = {}
        for column, name, row in self.columns():
            if row in self.places:
                table[column] = played[self.places[row]]
                if held is not None and not held[row]:
                    refuse(column, name, played[row], tuple(self.bounds[row]), self.world.streams.stream_numbers)
        return table

    def decisions(self) -> dict[str, np.ndarray]:
        """Every decision that is kept by column, as the index of the option, shape ``(run, turn)``."""
        kept = {column: self.choice_places[row] for column, row in self.choice_columns() if row in self.choice_places}
        return {column: self.choices[place, :, : self.length] for column, place in kept.items()}

    def drawn(self) -> dict[str, np.ndarray]:
        """The values that differ between runs, by dotted name, shape ``(run,)``."""
        table = {}
        for key, (address, quantity) in self.varying.items():
            role_name, member, name, item = address
            if address in self.world.event_numbers:
                table[key] = of_shape(self.world.event_numbers[address], (self.world.runs,))
                continue
            at = self.setting.entities[declared.roles[role_name].level].index(member)
            values = self.at_start[name] if name in self.at_start else self.world.weights[role_name, name]
            values = values[declared.items[quantity.by].index(item)] if item else values
            table[key] = of_shape(values[at], (self.world.runs,))
        return table
