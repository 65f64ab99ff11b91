"""Whether the WebAssembly of a live file gives the numbers of Python, to the last bit; and digests of them for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec

import numpy as np

from ...model.simulation import Simulation
from ...politics.catalogue import declared
from ...scenario import Scenario
from .ensemble import LiveFileEnsemble
from .part import Forced, places_of, steered

STEP = 0.1  # how far a number is moved in a check, of the way to one of its bounds
RHYTHM = 7  # turns between two options of a decision that are forced in a check


class NotEqual(ArithmeticError):
    """A live file would show other numbers than Python computes, so it is not written."""


@dataclass(frozen=True)
class Trial:
    """A setting that is played in Python and in WebAssembly: a policy, and numbers or ranges ``(low, high)`` by key.

    ``forced`` are choices that a player makes, as :class:`~...engine.arrays.decisions.DecisionMaker` has them.
    """

    policy: str
    values: Mapping[str, float | tuple[float, float]] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    forced: Forced = field(default_factory=dict)

    def on(self, ensemble: LiveFileEnsemble) -> Scenario:
        """The scenario with this setting."""
        values: dict[str, object] = {
            key: {"from": value[0], "to": value[1]} if isinstance(value, tuple) else value for key, value in self.values.items()
        }
        if self.policy:
            values[ensemble.policy_key] = self.policy
        scenario = ensemble.scenario.with_values(values) if values else ensemble.scenario
        return replace(scenario, events=tuple(event for event in scenario.events if event.name not in self.drop))


@dataclass(frozen=True)
class Numbers:
    """Everything that is computed of the runs of a trial; ``outcomes`` has a row for each, and one for the class."""

    trajectories: np.ndarray
    choices: np.ndarray
    outcomes: np.ndarray

    @property
    def digest(self) -> list[int]:
        """Two words of 32 bits that change if any number changes; NaN counts as a number of its own."""
        known = np.where(np.isnan(self.outcomes), -1.0, self.outcomes)
        arrays = (self.trajectories, self.choices, known)
        return [sum(_weighed(array, step) for array in arrays) % 2**32 for step in (0x9E3779B1, 0x85EBCA6B)]


def _weighed(array: np.ndarray, step: int) -> int:
    """The sum of all words of four bytes, each times an odd weight, modulo two to the power of 32."""
    content = np.ascontiguousarray(array).tobytes()
    words = np.frombuffer(content + bytes(-len(content) % 4), "<u4")
    weights = (np.arange(len(words), dtype=np.uint64) * np.uint64(step)).astype(np.uint32) | np.uint32(1)
    return int((words * weights).sum(dtype=np.uint32))


def trials(ensemble: LiveFileEnsemble) -> list[Trial]:
    """The scenario under every policy, and every number moved by a step, half of them to a range, without some events.

    In the last one a player chooses now and then for every actor.
    """
    moved: dict[str, float | tuple[float, float]] = {}
    for place, (key, movable) in enumerate(ensemble.movable.items()):
        own = _own(ensemble, movable)
        bound = movable.quantity.high if place % 4 < 2 else movable.quantity.low
        number = own + STEP * (bound - own) if np.isfinite(bound) else own
        moved[key] = number if place % 2 else (min(own, number), max(own, number))
    words = [policy.name for policy in ensemble.policies]
    dropped = tuple(ensemble.dropped())[::2]
    return [*(Trial(word) for word in words), Trial(words[-1], moved, dropped, _now_and_then(ensemble))]


def _now_and_then(ensemble: LiveFileEnsemble) -> Forced:
    """Every option of every decision about every member, forced once, decision by decision in another turn."""
    return {
        ((place + RHYTHM * index) % ensemble.scenario.turns, one.decision.key, one.member): option.name
        for place, one in enumerate(places_of(ensemble))
        for index, option in enumerate(one.decision.options)
    }


def _own(ensemble: LiveFileEnsemble, movable) -> float:
    """The scenario's own number, in the middle of the runs."""
    role, member, name, item = movable.addresses[0]
    world, level = ensemble.model.world, declared.roles[role].level
    values = world.weights[role, name] if (role, name) in declared.weights else world.given[name]
    index = (declared.items[movable.quantity.by].index(item),) if item else ()
    found = float(np.median(values[(*index, world.members(level).index(member))]))
    return found if np.isfinite(found) else movable.quantity.low


def in_python(ensemble: LiveFileEnsemble, trial: Trial, compiled: bool = False) -> Numbers:
    """What Python computes, on arrays and without any compiled code, or in code compiled for this processor."""
    how = {"compiled": compiled, "every_run": compiled}  # the code of the ensemble itself
    model = Simulation(trial.on(ensemble), runs=ensemble.runs, seed=ensemble.seed, **how)
    model.decision_maker.forced = trial.forced
    model.run_to_end()
    outcomes, program = model.outcomes(), ensemble.outcomes
    found = np.empty((program.program.row_count, ensemble.runs))
    for column, row in program.columns.items():
        found[row] = outcomes[column]
    found[program.class_row] = [program.classes.index(word) for word in model.classes()]
    model.trajectories()  # which raises if a number leaves its bounds
    numbers = Numbers(model.recorder.values.copy(), model.recorder.choices.copy(), found)
    model.release()
    return numbers


def settings_of(ensemble: LiveFileEnsemble, trial: Trial, uniform) -> tuple[dict, dict]:
    """What is written to memory for a trial: one number a run by slot, and constants by address."""
    policy, dropped = ensemble.policy(trial.policy), ensemble.dropped()
    numbers: dict[tuple, np.ndarray] = {}
    # What is set for a single member wins over what is set for all.
    for key, value in sorted(trial.values.items(), key=lambda pair: not ensemble.targets[pair[0]].shared):
        movable, given = ensemble.movable[key], np.full(ensemble.runs, value) if not isinstance(value, tuple) else None
        if isinstance(value, tuple):
            given = value[0] + (value[1] - value[0]) * uniform(movable.stream)
        numbers |= dict.fromkeys(movable.addresses, given)
    numbers |= policy.values
    slots = {slot: values for address, values in numbers.items() for slot in ensemble.slots[address]}
    return slots | {slot: number for name in trial.drop for slot, number in dropped[name]}, policy.constants


def checked(ensemble: LiveFileEnsemble) -> tuple[list[tuple[Trial, list[int]]], bool]:
    """Each trial with the digest of Python's numbers, and whether WebAssembly was played here too; raise :class:`NotEqual`.

    The first and the last trial are played on arrays, which takes long; the others, which differ from the first in the policy
    alone, in compiled code. WebAssembly is played here if ``wasmtime`` is installed; in any case the file itself compares with
    the digests when it is opened.
    """
    asked = trials(ensemble)
    tried = [(trial, in_python(ensemble, trial, compiled=0 < at < len(asked) - 1)) for at, trial in enumerate(asked)]
    played = find_spec("wasmtime") is not None
    if played:
        from ...engine.compiled.wasm.player import Player

        player = Player(ensemble.image)
        for trial, expected in tried:
            slots, constants = settings_of(ensemble, trial, player.uniform)
            player.play(slots, constants, steered(ensemble, trial.forced))
            compare(expected, Numbers(player.trajectories, player.choices, player.outcomes), trial)
    return [(trial, expected.digest) for trial, expected in tried], played


def compare(expected: Numbers, found: Numbers, trial: Trial) -> None:
    """Raise :class:`NotEqual` if any number differs."""
    for name in ("trajectories", "choices", "outcomes"):
        this, that = getattr(expected, name), getattr(found, name)
        same = (this == that) | (np.isnan(this) & np.isnan(that)) if name == "outcomes" else this == that
        if not same.all():
            row, run = np.argwhere(~same)[0][:2]
            what = f"with the policy {trial.policy}" if trial.policy else "of the scenario"
            moved = f" and {len(trial.values)} numbers moved" if trial.values else ""
            raise NotEqual(
                f"the live file is not written, because its numbers differ from those of Python: {name}, row {row}, run {run}, "
                f"{what}{moved}. Please report this with the scenario"
            )
