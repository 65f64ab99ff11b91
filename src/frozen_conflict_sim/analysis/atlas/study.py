"""The study behind a map: two choices at points of a plane, everything else as in the scenario."""

from __future__ import annotations

from collections.abc import Mapping

from ...experiment.load import Experiment, experiment_from
from ...politics.dilemma import ACROSS, AGAINST, COUPLING_OFF, MAPPED, UP
from ...scenario import Scenario
from ..comparison.difference_results import ARM, ContrastOf

PLANE = ACROSS, UP
RANGES = {ACROSS: (0.0, 2.0), UP: (0.0, 1.2)}
POLICIES = ContrastOf("patron.policy", "swallow", AGAINST)
QUANTITY = MAPPED
POINTS, REPLICATES, SEED = 512, 2, 1
THEATRES = ("georgia_2014", "transnistria_2014", "donbas_2014")
STARTS = {"parents.georgia.western_alignment": (0.3, 0.8)}


def experiment_of(
    scenario: Scenario,
    contrast: ContrastOf = POLICIES,
    plane: Mapping[str, tuple[float, float]] | None = None,
    quantity: str = QUANTITY,
    points: int = POINTS,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Experiment:
    """The experiment whose results ``maps`` reads: ``points`` of a Sobol sequence on the plane, under both choices.

    Beside them is the same with the coupling off, unless the contrast or the plane is about that. ``plane`` gives the range of
    both parameters. Raises ``InputError`` for a key, a choice or a range that cannot be.
    """
    ranges = plane or RANGES
    sides = {key: {"from": low, "to": high} for key, (low, high) in ranges.items()}
    data: dict[str, object] = {
        "question": f"Where does {contrast.choice} rather than {contrast.reference} raise {quantity.replace('_', ' ')}?",
        "scenario": scenario,
        "uncertainties": sides,
        "design": {"kind": "sobol", "points": points},
        "replicates": replicates,
        "keep": keep(scenario, quantity),
        "seed": seed,
    }
    if contrast.column == ARM:
        data["compare_with"] = {str(contrast.reference).partition("=")[0]: str(contrast.reference).partition("=")[2]}
    else:
        data["levers"] = {contrast.column: [contrast.reference, contrast.choice]}
        if not COUPLING_OFF.keys() & {contrast.column, *ranges}:
            data["compare_with"] = dict(COUPLING_OFF)
    return experiment_from(data)


def keep(scenario: Scenario, quantity: str) -> list[str]:
    """The trajectories that a quantity means in a scenario; the quantity itself if it means none, which is then reported."""
    from ...model.columns import columns

    names = [column.name for column in columns(scenario) if column.kind == "trajectory"]
    return [name for name in names if quantity in (name, name.partition(".")[2])] or [quantity]
