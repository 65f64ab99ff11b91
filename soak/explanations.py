"""What explanations claim: ledgers sum to the change, flips do what they say, replays equal the stored runs to the last bit.

Ledgers of every quantity, turn and run of random scenarios; flips forced in fresh runs, just beyond the value and just short
of it; sampled runs of every shipped experiment at its full size, stored by two workers within a time limit.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

import numpy as np

from frozen_conflict_sim import FrozenConflictModel, open_results
from frozen_conflict_sim.engine.arrays.lanes import set_number
from frozen_conflict_sim.engine.choice_rules import THEORIES
from frozen_conflict_sim.engine.declare.parameter import Category
from frozen_conflict_sim.engine.schedule import Kind
from frozen_conflict_sim.explain.flips.flip import FlipSearch
from frozen_conflict_sim.explain.ledgers.ledger import Accounts
from frozen_conflict_sim.explain.names import quantity_cells
from frozen_conflict_sim.explain.replay import replay
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import InputError, load_scenario
from frozen_conflict_sim.scenario.addresses import addresses_in
from frozen_conflict_sim.scenario.shipped import shipped_names

SUMS, CHANGED, RUNS, PARALLEL_RUNS = 1e-9, 40, 2, 12
DECISIONS, EACH = 12, 5  # of a run, and flips of each of them
KEPT_BY_PLAY = ("residents", "time_step", "residents_precision")


def main(quick=False):
    """A hundred scenarios, a thousand flips, every shipped experiment (three, twenty and one, if it shall be quick)."""
    scenarios, flips, experiments = (3, 20, 1) if quick else (100, 1000, None)
    sums = sum(ledgers(number) for number in range(scenarios))
    tried, seeds = 0, count()
    while tried < flips:
        tried += tried_flips(next(seeds))
    found = [replays(path) for path in shipped_names("experiments")[:experiments]]
    return f"{sums:,} ledgers of {scenarios} scenarios, {tried:,} flips, {sum(found):,} replays of {len(found)} experiments"


def random_scenario(number: int):
    """A shipped scenario with many values drawn anew within their bounds, few residents and some quarters."""
    draw = random.Random(number)
    scenario = load_scenario(draw.choice(shipped_names("scenarios")))
    small = {"public.residents": draw.choice((50, 100)), "quarters": draw.choice((4, 4, 6, 16))}
    addresses = addresses_in(declared, scenario).specific
    values = {}
    for address in draw.sample(sorted(addresses, key=str), CHANGED):
        quantity = declared.quantities.get(address[2]) or declared.weights.get((address[0], address[2]))
        if quantity is None or address[2] in KEPT_BY_PLAY:
            continue
        if not isinstance(quantity, Category):
            values[addresses[address]] = round(draw.uniform(quantity.low, quantity.high), 3)
        elif quantity.options:
            values[addresses[address]] = draw.choice(list(quantity.options))
    scenario = scenario.with_values(small)
    for key, value in values.items():
        try:
            scenario = scenario.with_values({key: value})
        except InputError:
            continue
    return scenario


def ledgers(number: int) -> int:
    """Check the ledger of every quantity in every turn of the runs of a random scenario; how many."""
    model = FrozenConflictModel(random_scenario(number), RUNS, number, keep_receipts=True).run_to_end()
    cells, count = list(quantity_cells(declared, model.setting).values()), 0
    for run in range(RUNS):
        books = Accounts(model, run)
        for cell in cells:
            for turn in range(int(model.ended_turn[run])):
                _check(books.ledger(cell, turn, turn), f"scenario {number}, run {run}, {cell.key}, turn {turn + 1}")
                count += 1
    model.release()
    return count


def _check(ledger, where: str) -> None:
    scale = max(1.0, abs(ledger.start), abs(ledger.end))
    apart = sum(row.amount for row in ledger.rows) - ledger.change
    assert abs(apart) <= SUMS * scale, f"{where}: the causes miss the change by {apart}"
    for row in ledger.rows:
        apart = sum(amount for _, amount in row.parts) - row.amount if row.parts else 0.0
        assert abs(apart) <= SUMS * max(1.0, abs(row.amount)), f"{where}: the parts of {row.cause} miss it by {apart}"


def tried_flips(seed: int) -> int:
    """Force flips of sampled decisions of a run in a fresh run; how many."""
    draw = random.Random(seed)
    values = {"public.residents": 50, "quarters": 16, "play.choice_rule": THEORIES[seed % len(THEORIES)]}
    scenario = load_scenario(draw.choice(shipped_names("scenarios"))).with_values(values)
    model = FrozenConflictModel(scenario, 1, seed, keep_receipts=True).run_to_end()
    wanted = sampled(model, draw, DECISIONS, EACH)
    fresh, tried = FrozenConflictModel(scenario, 1, seed, compiled=False), 0
    while wanted:
        for step in fresh.schedule:
            for member, flip, number in (
                wanted.pop((fresh.world.turn, id(step.about)), ()) if step.kind is Kind.DECISION else ()
            ):
                answers = [forced(fresh, step.about, member, number, at) for at in (flip.value, flip.short, flip.to)]
                where = f"{scenario.title}, seed {seed}, turn {fresh.world.turn + 1}, {flip.key} of {member}"
                assert answers[0] == answers[1] != answers[2] == flip.becomes, f"{where}: {answers} instead of {flip}"
                tried += 1
            fresh.play(step)
    return tried


def sampled(model, draw: random.Random, decisions: int, each: int) -> dict[tuple, list]:
    """Flips of some decisions of a run, by turn and decision: ``(member, flip, number)``."""
    receipts = [
        (receipt, at)
        for receipt in model.decision_maker.receipts
        for at in range(len(receipt.members))
        if receipt.moment.active[0] and receipt.open[1:, at, 0].any()
    ]
    found: dict[tuple, list] = {}
    for receipt, at in draw.sample(receipts, min(decisions, len(receipts))):
        search = FlipSearch(model.decision_maker, receipt, receipt.members[at])
        numbers = {(one.kind, one.key): one for one in (*search.weights, *search.facts)}
        flips = search.flips()
        for flip in draw.sample(flips, min(each, len(flips))):
            entry = receipt.members[at], flip, numbers[flip.kind, flip.key]
            found.setdefault((receipt.turn, id(receipt.decision)), []).append(entry)
    return found


def forced(model, decision, member: str, number, value: float) -> str:
    """What a member would choose at this moment of a run with one number otherwise."""
    world, at = model.world, model.world.members(decision.level).index(member)
    kept = dict(world.values), dict(world.weights), dict(world.frozen)
    if number.kind == "weight":
        key = number.owner.name, number.declared.name
        world.weights[key] = world.weights[key].copy()
        world.weights[key][number.place] = value
        world.refresh()
    else:
        set_number(world, number.declared.name, number.place, np.array([value]))
    chosen = model.decision_maker.choose(model.decision_maker.assess(decision))[at, 0]
    world.values, world.weights, world.frozen = kept
    world.refresh()
    return decision.options[chosen].name


def replays(experiment: str) -> int:
    """Store runs of an experiment at its full size until the time is over, and play some of them again; how many."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "results"
        command = [sys.executable, "-m", "frozen_conflict_sim", "batch", str(experiment), "--out", str(out)]
        more = ["--time-limit", "20s", "--workers", "2", "--task-size", "64", "--quiet", "--json"]
        subprocess.run([*command, *more], check=True, stdout=subprocess.DEVNULL)
        results = open_results(out)
        stored = results.table(["run"])["run"].tolist()
        for run in random.Random(1).sample(stored, min(PARALLEL_RUNS, len(stored))):
            again = replay(results, run)
            assert again.equal, f"{experiment}, run {run}: {again.differing} differ from what was stored"
        return min(PARALLEL_RUNS, len(stored))
