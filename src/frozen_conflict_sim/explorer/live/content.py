"""What a live file contains besides its code: memory, what its engine has to know, and stories of typical runs."""

from __future__ import annotations

import numpy as np

from ...analysis.comparison.first_divergence import order_of_decisions
from ...engine.compiled.emit.steps import ENDED
from ...explain.decisions import act_in_words, actor_of, sentence
from ...explain.story import PAUSE
from ...live import LEVELS
from ...model.bounds import bounds_of_unit, inside_of
from ...model.columns import called, columns, decision_columns
from ...politics.catalogue import declared
from ...politics.wording import CHANCE
from ..answers import Answers
from ..dilemma_map import plan_of
from ..state import State
from .ensemble import LiveFileEnsemble
from .part import part_data


def engine_data(ensemble: LiveFileEnsemble, description: dict) -> dict:
    """What the worker has to know to play, and to read from memory what the page shows."""
    recorder, scenario = ensemble.model.recorder, ensemble.scenario
    known = {column.name: column for column in columns(scenario)}
    rows = dict(_trajectory_rows(recorder))
    decisions = [_decision(name, row, known[name]) for name, row in _decision_rows(recorder, scenario)]
    territories = list(scenario.entities["territory"])
    followed = list(
        dict.fromkeys([*(chart["name"] for chart in description["charts"]), *(f"{one}.integration" for one in territories)])
    )
    by_name = {decision["name"]: decision for decision in decisions}
    return ensemble.image.described() | {
        "title": scenario.title, "labels": description["labels"], "levels": LEVELS, "pause": PAUSE,
        "rows": rows, "decisions": [one for one in decisions if known[one["name"]].key_outcome],
        "order": [by_name[name] for name in order_of_decisions(scenario)],
        "territories": territories, "followed": followed, "labels_of": {name: known[name].label for name in followed},
        "classes": description["classes"], "class_row": ensemble.outcomes.class_row,
        "ended": ensemble.image.slot(ENDED, (), 0),
        "bounds": {"trajectories": _sides(recorder.bounds), "outcomes": _sides(_outcome_bounds(ensemble))},
        "acts": _acts(recorder, scenario), "chances": _chances(recorder, scenario),
        "movable": {key: _movable(ensemble, key) for key in ensemble.movable},
        "policy_key": ensemble.policy_key, "policy": _own_policy(ensemble),
        "policies": {policy.name: _policy(ensemble, policy) for policy in ensemble.policies},
        "drop": ensemble.dropped(), "part": part_data(ensemble),
    }  # fmt: skip


def map_data(ensemble: LiveFileEnsemble, answers: Answers) -> dict | None:
    """What the worker has to know to draw the map of the dilemma, with the map of the scenario as Python computes it."""
    plan = plan_of(answers.ensemble)
    if plan is None or not {plan["across_key"], plan["up_key"]} <= ensemble.movable.keys():
        return None
    lanes = ensemble.lanes_of(plan["streams"])
    if lanes is None or (plan["against"] and plan["against"] not in {policy.name for policy in ensemble.policies}):
        return None
    regions = ensemble.image.regions
    by_lane = [(name, 4 if name.startswith("traits") and ensemble.single else 8) for name in regions if _has_lanes(name)]
    return plan | {
        "lanes": lanes, "columns_at": regions["columns"].at,
        "by_lane": [[regions[name].at, regions[name].size, word] for name, word in by_lane],
        "expected": answers.ask_map({})["map"]["values"],
    }  # fmt: skip


def _has_lanes(region: str) -> bool:
    """Whether a region has for every block numbers lane by lane, with which a run begins."""
    return region in ("block", "streams") or region.startswith("traits_")


def _own_policy(ensemble: LiveFileEnsemble) -> str:
    if not ensemble.policy_key:
        return ""
    _, member, name, _ = ensemble.targets[ensemble.policy_key].addresses[0]
    return ensemble.model.world.categories[name, member]


def _movable(ensemble: LiveFileEnsemble, key: str) -> dict:
    movable = ensemble.movable[key]
    return {
        "low": movable.quantity.low, "high": movable.quantity.high, "stream": movable.stream,
        "shared": int(ensemble.targets[key].shared),
        "slots": [slot for one in movable.addresses for slot in ensemble.slots[one]],
    }  # fmt: skip


def _policy(ensemble: LiveFileEnsemble, policy) -> dict:
    values = [
        (ensemble.slots[address], float(given[0]) if (given == given[0]).all() else given.tolist())
        for address, given in policy.values.items()
    ]
    return {"constants": list(policy.constants.items()), "values": values}


def _trajectory_rows(recorder):
    for name, (role, by, _, _) in recorder.kept.items():
        row = recorder.rows[name][0]
        for item in declared.items[by] if by else ("",):
            for member in recorder.setting.entities[role.level]:
                yield f"{member}.{name}" + (f".{item}" if item else ""), row
                row += 1


def _decision_rows(recorder, scenario):
    for key, decision in declared.decisions.items():
        for at, column in enumerate(decision_columns(scenario, decision)):
            yield column, recorder.choice_rows[key] + at


def _decision(name: str, row: int, column) -> dict:
    return {"name": name, "label": column.label, "row": row, "options": column.options}


def _acts(recorder, scenario) -> list[dict]:
    """Of each decision about each member the sentences of its options, as stories tell them."""
    found = []
    for key, decision in declared.decisions.items():
        for at, member in enumerate(scenario.entities[decision.level]):
            actor = actor_of(scenario, decision, member)
            told = [act_in_words(scenario, option, member) for option in decision.options]
            found.append(
                {
                    "row": recorder.choice_rows[key] + at, "name": key, "told": told, "actors": actor,
                    "options": [option.name for option in decision.options], "about": called(scenario, member),
                }
            )  # fmt: skip
    return found


def _chances(recorder, scenario) -> list[dict]:
    found = []
    for name in CHANCE:
        if name in recorder.rows:
            level = declared.owners[name].level
            for at, member in enumerate(scenario.entities[level]):
                found.append({"row": recorder.rows[name][0] + at, "told": sentence(CHANCE[name], scenario, level, member)})
    return found


def _outcome_bounds(ensemble: LiveFileEnsemble) -> np.ndarray:
    bounds = np.tile([-np.inf, np.inf], (ensemble.outcomes.program.row_count, 1))
    for row, unit in ensemble.outcomes.units.items():
        bounds[row] = bounds_of_unit(unit)
    return bounds


def _sides(bounds: np.ndarray) -> list[tuple[float, float]]:
    """The least and the largest number that is accepted, for each row."""
    low, high = inside_of(*bounds.T)
    return list(zip(low.tolist(), high.tolist()))


def typical_runs(answers: Answers) -> dict[int, str]:
    """For each class that occurs the run whose key trajectories are nearest to the median of the class, with its class."""
    played = answers.world.played(State(), answers.ensemble.runs)
    names = [chart["name"] for chart in answers.description["charts"]]
    found = {}
    for name in dict.fromkeys(played.classes.tolist()):
        runs = np.flatnonzero(played.classes == name)
        distance = np.zeros(len(runs))
        for column in names:
            values = played.trajectories[column][runs].astype(float)
            spread = float(np.std(played.trajectories[column])) or 1.0
            distance += (((values - np.median(values, axis=0)) / spread) ** 2).mean(axis=1)
        found[int(runs[distance.argmin()])] = str(name)
    return found


def stories(answers: Answers) -> dict[int, dict]:
    """The story of each typical run with the receipts of its turning points, of the first one with flips."""
    runs, found = answers.ensemble.runs, {}
    for run in typical_runs(answers):
        told = answers.world.story(State(), runs, run)
        explained = answers.world._explained(State(), runs, run)
        main, receipts = explained.main_turn() if told["turning_points"] else None, {}
        for turn in sorted({point["turn"] for point in told["turning_points"]}):
            if turn == main:
                receipts[turn] = answers.world.receipts(State(), runs, run, turn)["receipts"]
            else:
                accounts = (account for account, _ in explained.accounts(turn) if account.had_a_choice)
                receipts[turn] = [account.to_dict() | {"flips": None} for account in accounts]
        found[run] = {"story": told, "receipts": receipts}
    return found
