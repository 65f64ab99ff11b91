"""What the texts say of the West: it condemns, does not recognise, and may support."""

from __future__ import annotations

import numpy as np

from ...estimates import mean
from ...pattern import MechanismOff
from ...runs import Runs
from ...targets import above, at_least
from ..measures import STATUS_QUO, THEATRES, effect_on, effect_on_average, largest, named
from ..statement import Found, statement

VOICES = ("nato", "eu", "us")
WORDLESS = {"voice.incentives.principle_voiced": 0.0, "voice.incentives.rulings_voiced": 0.0}


@statement(
    "observation",
    source="france2015",
    quote="The treaty immediately drew criticism from the West, with both NATO and the United States saying they would not "
    "recognise it as legitimate.",
    scenarios=("georgia_2014", "south_ossetia_2022"),
    targets={
        "condemns, year after a signature over before": above(0.0),
        "sanctions, with words over without, 2014": at_least(0.0),
        "sanctions, with words over without, 2022": at_least(0.0),
    },
    mechanism_off=MechanismOff("the West has no words", WORDLESS),
)
def condemned(play) -> Found:
    """The West condemns treaties in words, and does not sanction less for having had its say."""

    def acts(runs: Runs, decision: str, option: str) -> np.ndarray:
        return np.mean([runs.chose(f"{voice}.{decision}", option) for voice in VOICES], axis=0)

    found = {}
    for name, year in (("georgia_2014", 2014), ("south_ossetia_2022", 2022)):
        words, none = play(name), play(name, WORDLESS)
        sanctions = [mean(acts(runs, "toward_patron_state", "sanction"), runs.alive) for runs in (words, none)]
        found[f"sanctions, with words over without, {year}"] = sanctions[0] - sanctions[1]
    own, quiet = play("georgia_2014"), play("georgia_2014", STATUS_QUO)
    found["condemns, year after a signature over before"] = mean(acts(own, "statement", "condemn"), own.alive) - mean(
        acts(quiet, "statement", "condemn"), quiet.alive
    )
    return found


@statement(
    "logic",
    scenarios=tuple(name for name, _ in THEATRES.values()),
    targets={f"alignment, {theatre}": at_least(0.02) for theatre in THEATRES}
    | {f"alignment, {theatre}, public against": at_least(0.02) for theatre in THEATRES},
    mechanism_off=MechanismOff(
        "what the West offers attracts nobody and speeds nothing up",
        {"parent.incentives.attraction": 0.0, "parent.alignment_change_by_support": 0.0},
    ),
)
def western_offer(play) -> Found:
    """More support by the West moves the parent's alignment toward it in every theatre, whatever half the public thinks."""
    found = {}
    for theatre, (name, parent) in THEATRES.items():
        for words, opinion in (("", {}), (", public against", {"public_opinion": 0.4, "usual_public_opinion": 0.4})):
            values = {f"parents.{parent}.{key}": value for key, value in opinion.items()}
            base = play(name, values)
            support = base.value("parent", parent, "western_support")
            more = play(name, values | {f"parents.{parent}.western_support": support + 0.5})
            alignment = named(f"{parent}.western_alignment")
            found[f"alignment, {theatre}{words}"] = largest(effect_on(more, base, alignment, turn) for turn in range(4, 40, 4))
            if not words:
                found[f"support, on average, {theatre}"] = effect_on_average(more, base, named(f"{parent}.western_support"))
    return found
