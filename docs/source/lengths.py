"""What the length of a turn does to the outcomes of the Georgian scenario."""

from __future__ import annotations

from pages import estimated, table

import frozen_conflict_sim as fcs
from frozen_conflict_sim.analysis.summary import summary

LENGTHS = ("month", "quarter", "half_year")
RUNS, SEED = 2000, 2015
OUTCOMES = (
    "georgia.western_alignment_at_end", "georgia.alienation_at_end",
    "abkhazia.integration_at_end", "south_ossetia.integration_at_end",
    "abkhazia.treaty_signed", "south_ossetia.treaty_signed",
    "abkhazia.treaty_quarter", "abkhazia.cuts", "abkhazia.annexed_at_end",
)  # fmt: skip


def lengths() -> str:
    """Outcomes with turns of a month, a quarter and a half-year."""
    scenario = fcs.load_scenario("georgia_2014")
    found = [_summary(scenario.with_values({"play.time_step": length})) for length in LENGTHS]
    rows = [[found[0][name].label, *(estimated(each[name]) for each in found)] for name in OUTCOMES]
    return table(["outcome", *(length.replace("_", "-") for length in LENGTHS)], rows)


def _summary(scenario) -> dict:
    return {line.outcome: line for line in summary(fcs.run(scenario, runs=RUNS, seed=SEED, keep=[])).outcomes}
