"""The shipped studies: their experiments load, they answer in sentences, and other data give other sentences."""

import re

import numpy as np
import pyarrow as pa
import pytest

from frozen_conflict_sim.experiment.errors import NoSuchColumn
from frozen_conflict_sim.experiment.execute.simulate import TaskResult
from frozen_conflict_sim.experiment.load import load_experiment
from frozen_conflict_sim.experiment.perform import perform
from frozen_conflict_sim.experiment.store.sources import Memory
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.findings.studies import STUDIES
from frozen_conflict_sim.findings.studies.study import study_called
from frozen_conflict_sim.plots.studies import pictures
from frozen_conflict_sim.results import Results

POINTS, TURNS = 64, 40


def played(rows, outcomes, **series):
    identity = {name: getattr(rows, name) for name in ("run", "point", "replicate", "stream")}
    about = {"status": ["done"] * len(rows), "class": ["frozen"] * len(rows), "ended_quarter": np.full(len(rows), 40.0)}
    turns = {"run": np.repeat(rows.run, TURNS), "turn": np.tile(np.arange(TURNS, dtype=np.int16), len(rows))}
    over_time = {
        name: (values[:, None] * np.linspace(0, 1, TURNS)).ravel().astype(np.float32) for name, values in series.items()
    }
    return TaskResult(pa.table({**identity, **about, **rows.columns, **outcomes}), pa.table(turns | over_time))


def results_of(name, play):
    study = Study(load_experiment(name, {"design.points": POINTS, "replicates": 1, "keep": ["georgia.western_alignment"]}))
    return Results(Memory(study, perform(study, play=play)))


def column(rows, name, default="base"):
    return rows.columns.get(name, [default])[0]


def dilemma(grievance):
    def play(scenario, seed, rows, keep):
        x, y = (rows.columns[key] for key in ("parent.grievance", "parent.accommodation"))
        swallow = column(rows, "patron.policy") == "swallow" and column(rows, "arm") == "base"
        push = 0.1 * (x - y - grievance) * swallow
        ends = {"georgia.western_alignment_at_end": 0.5 + push, "georgia.alienation_at_end": 0.3 + push}
        ends |= {f"{territory}.integration_at_end": 0.4 + push for territory in ("abkhazia", "south_ossetia")}
        return played(rows, ends, **{"georgia.western_alignment": 0.5 + push})

    return play


def mystery(motive):
    def play(scenario, seed, rows, keep):
        key = f"patron.incentives.{motive}"
        bound = load_experiment("the_mystery").uncertainties[key].numbers[1]
        signed = (rows.columns[key] > 0.4 * bound).astype(float)
        return played(rows, {"south_ossetia.treaty_signed": signed}, **{"georgia.western_alignment": 0 * signed})

    return play


def wish(share):
    def play(scenario, seed, rows, keep):
        policy, x = column(rows, "patron.policy"), rows.columns["parent.grievance"]
        normal = 0.5 + np.where(x < 2 * share, 0.1, -0.2) * (policy == "lavrov")
        depth = 0.3 + 0.3 * (policy == "lavrov") + 0 * x
        ends = {"abkhazia.integration_at_end": depth, "south_ossetia.integration_at_end": depth}
        return played(
            rows,
            {"georgia.political_normalisation_at_end": normal, "georgia.trade_and_travel_at_end": 0 * x, **ends},
            **{"georgia.western_alignment": 0 * x},
        )

    return play


def opening(binding):
    def play(scenario, seed, rows, keep):
        x, arm = rows.columns["parent.grievance"], column(rows, "arm")
        opens = (x < 0.6) | (x < 1.6 if arm == binding else False) | (arm == "open_from_the_start")
        trade = 0.2 + 0.3 * (arm == "open_from_the_start") + 0 * x
        quarter = np.where(opens, 12.0, np.nan)
        return played(
            rows,
            {
                "railway.opened": opens.astype(float),
                "railway.opening_quarter": quarter,
                "georgia.trade_and_travel_at_end": trade,
            },
            **{"georgia.western_alignment": 0 * x},
        )

    return play


CASES = {
    "integration_dilemma": (dilemma(0.0), dilemma(1.0), (r"grievance is above −?0\.0", r"grievance is above 1\.0")),
    "the_mystery": (mystery("prestige"), mystery("control"), ("without prestige", "without control")),
    "lavrovs_wish": (
        wish(0.3),
        wish(0.6),
        (r"Both come together in (29|30|31) % \(\d\d to \d\d %\) of futures", r"Both come together in (59|60|61) % \("),
    ),
    "railway": (
        opening("without_tbilisis_consent"),
        opening("without_sukhumis_consent"),
        ("Tbilisi's consent binds most", "Sukhumi's consent binds most"),
    ),
}


@pytest.mark.parametrize("name", STUDIES)
def test_the_finding_of_a_study_follows_its_data(name):
    one, other, says = CASES[name]
    found = [STUDIES[name].answer(results_of(name, play)) for play in (one, other)]
    assert set(CASES) == set(STUDIES)
    for answer, words in zip(found, says):
        assert re.search(words, " ".join(answer.sentences))
        assert "nan" not in " ".join(answer.sentences)
        assert not re.search(r" in [\d.]+ % of (these )?(runs|futures)(?! in its)", " ".join(answer.sentences)), "no interval"
    assert not re.search(says[0], " ".join(found[1].sentences)), "the other data give another sentence"
    assert found[0].numbers.keys() == found[1].numbers.keys()
    assert found[0].numbers != found[1].numbers


def test_a_study_has_its_pictures():
    results = results_of("integration_dilemma", dilemma(0.5))
    drawn = list(pictures(STUDIES["integration_dilemma"], results))
    assert [called.split("-")[1] for called, _, _ in drawn][:2] == ["atlas", "heat_map"]
    assert all(len(says) > 40 for _, _, says in drawn), "each says what it shows"


def test_an_open_line_is_judged_by_the_arm_in_which_it_is_open():
    answer = STUDIES["railway"].answer(results_of("railway", opening("without_tbilisis_consent")))
    assert answer.numbers["georgia.trade_and_travel_at_end"] == pytest.approx(0.3)


def test_an_unknown_study_is_one_sentence():
    with pytest.raises(NoSuchColumn, match="did you mean 'the_mystery'"):
        study_called("the_mistery")
