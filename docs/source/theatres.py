"""Other theatres: what the model gives where none of its behaviour was chosen, beside what happened."""

from __future__ import annotations

import yaml
from pages import SOURCE, code, estimated, table

import frozen_conflict_sim as fcs
from frozen_conflict_sim.analysis.summary import summary

RUNS, SEED = 1000, 2015
ASKED = yaml.safe_load((SOURCE / "theatres.yaml").read_text("utf-8"))


def theatres() -> str:
    """A table: theatre, question, what the model gives, what happened."""
    rows = []
    for name, questions in ASKED.items():
        results = fcs.run(fcs.load_scenario(name), runs=RUNS, seed=SEED, keep=[])
        found = {line.outcome: line for line in summary(results).outcomes}
        rows += [[code(name), said["asks"], estimated(found[outcome]), said["happened"]] for outcome, said in questions.items()]
    return table(["scenario", "question", "in this model", "what happened"], rows)
