"""The mystery: what Moscow hopes to get out of a treaty with South Ossetia."""

from __future__ import annotations

from ...analysis.comparison.pairing import Difference
from ...analysis.discovery.discover import discover
from ...analysis.discovery.sentences import reach, sentence
from ...analysis.groups import base_runs
from ...analysis.main_effects import MainEffect, main_effects
from ...analysis.wording import percent
from ...experiment.spec import BASE
from ...results import Results
from .study import Answer, Picture, amount, line_of, share_of, study

TREATY = "south_ossetia.treaty_signed"
MOST = 3


@study(
    Picture("discovery", where=TREATY),
    Picture("paths", by="arm"),
    Picture("classes_by", by="arm"),
)
def the_mystery(results: Results) -> Answer:
    """Which motive the treaty hangs on: what goes when one is taken away, and in which part of all motives it is signed."""
    taken = {arm: line_of(results, ("arm", arm, BASE), TREATY) for arm in results.experiment.arms}
    ordered = sorted(taken, key=lambda arm: taken[arm].difference or 0.0)
    base = taken[ordered[0]].left
    matter = [arm for arm in ordered if (taken[arm].interval or (0.0, 0.0))[1] < 0][:MOST]
    found = discover(results, TREATY)
    effects = _effects(results)
    said = [
        f"A treaty is signed in {share_of(results, TREATY)} of these runs. {_missed(taken, matter)}",
        sentence(found),
        reach(found),
        *map(_strongest, effects[:1]),
    ]
    numbers = {"signed": base, "density": found.box.density, "coverage": found.box.coverage}
    return Answer(tuple(said), numbers | {arm: taken[arm].difference for arm in ordered})


def _strongest(effect: MainEffect) -> str:
    name, (low, high) = effect.uncertainty.rpartition(".")[2].replace("_", " "), effect.interval
    return (
        f"Over its range {name} moves it most: signed in {percent(effect.low)} of runs in its lowest third, in "
        f"{percent(effect.high)} in its highest ({100 * effect.difference:+.0f} points, {100 * low:+.0f} to {100 * high:+.0f})."
    )


def _missed(taken: dict[str, Difference], matter: list[str]) -> str:
    """What a treaty hangs on, motive by motive."""
    if not matter:
        return "No single motive is missed: taken away alone, none of them lowers that measurably."
    losing = "; ".join(f"without {_motive(arm)} {amount(taken[arm])}" for arm in matter)
    return f"Of single motives it hangs most on these: {losing}."


def _motive(arm: str) -> str:
    return arm.removeprefix("no_").replace("_", " ")


def _effects(results: Results) -> tuple[MainEffect, ...]:
    """The main effects of the uncertainties on the treaty, the strongest first."""
    runs, column = base_runs(results, TREATY), results.columns[TREATY]
    names = results.names("uncertainty")
    return main_effects(runs, (results.table([name])[name][runs.index] for name in names), [column])
