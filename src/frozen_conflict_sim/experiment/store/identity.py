"""Hashes that identify runs and families of studies.

A run is identified by its resolved values, its seed, its stream number and the code of the model; neither the file that asked
for it nor any title matters.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import blake2b

import numpy as np

from ...engine.arrays.starting_values import categories_of, resolve, resolve_events
from ...engine.event_numbers import plain_numbers
from ...engine.policies import in_force
from ...engine.random_streams import RandomStreams
from ...engine.setting import Setting
from ...scenario.schema import declarations
from ..provenance import fingerprint
from ..study.rows import Task
from ..study.size import template
from ..study.study import Study

SIZE = 16


def run_identities(task: Task, seed: int) -> np.ndarray:
    """The identity of each run of a task as two words of 64 bits: shape (runs, 2)."""
    declared, setting, rows = declarations(), task.scenario, task.rows
    values, weights, categories, numbers = resolved(task, seed)
    policies = [[policy.forbidden, policy.mandatory] for policy in in_force(declared, setting, categories)]
    frame = _digest(
        fingerprint(), seed, sorted([*key, category] for key, category in categories.items()), policies, *_frame(setting)
    )
    arrays = [*values.values(), *weights.values(), *numbers.values()]
    arrays = [np.broadcast_to(array, (*array.shape[:-1], len(rows))) for array in arrays]
    table = np.concatenate([rows.stream.astype(float)[None], *(array.reshape(-1, len(rows)) for array in arrays)]).T
    digests = b"".join(blake2b(row.tobytes(), key=frame, digest_size=SIZE).digest() for row in np.ascontiguousarray(table))
    return np.frombuffer(digests, np.uint64).reshape(-1, 2)


def resolved(task: Task, seed: int) -> tuple[dict, dict, dict, dict]:
    """The values, weights and categories with which the runs of a task start, and the numbers of events by address."""
    which = declarations(), task.scenario, RandomStreams(seed, task.rows.stream), task.rows.given
    return *resolve(*which), resolve_events(*which)[1]


def family_of(study: Study) -> str:
    """The hash that studies must share to share a folder: of all but their size, title and question."""
    same, setting = template(study.experiment), study.scenario
    values = [[*address, *_law(value)] for address, value in sorted(setting.values.items())]
    policies = [
        [name, [[*address, *_law(value)] for address, value in policy.values.items()], policy.forbidden, policy.mandatory]
        for name, policy in sorted(setting.policies.items())
    ]
    uncertain = {key: _law(value) for key, value in same.uncertainties.items()}
    levers = {key: repr(lever) for key, lever in same.levers.items()}
    design = [same.design.kind, same.design.options, list(same.design.table)]
    categories = sorted([*key, category] for key, category in categories_of(declarations(), setting).items())
    numbers = [[*plain_numbers(declarations(), setting, event).items()] for event in setting.events]
    content = [
        setting.title,
        *_frame(setting),
        numbers,
        values,
        categories,
        policies,
        uncertain,
        levers,
        design,
        same.seed,
        same.keep,
    ]
    return _digest(*content).hex()


def _law(value) -> list:
    return [value.law, value.numbers, value.stream if value.law != "fixed" else "", value.jointly]


def _frame(setting: Setting) -> list:
    """The members, the period and the events of a setting, without the numbers of the events."""
    events = [
        [
            event.name,
            event.kind,
            list(event.shock),
            event.kind != "scheduled" and (event.first, event.last),
            event.when,
            event.once,
        ]
        for event in setting.events
    ]
    belongs = [[*levels, above] for levels, above in sorted(setting.belongs.items())]
    return [setting.start, setting.turns, setting.entities, belongs, events]


def _digest(*content) -> bytes:
    return blake2b(json.dumps(content, default=asdict).encode(), digest_size=SIZE).digest()
