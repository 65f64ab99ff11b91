"""The atlas of a contrast: a map for each subject and horizon, the zero line, and the year in which the contrast turns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ...engine.time_step import MONTHS
from ...experiment.errors import NoSuchColumn, ResultsError
from ...experiment.spec import BASE
from ...files.problems import listed, nearest
from ...results import Results
from ..comparison.difference_results import ARM, ContrastOf, difference
from ..comparison.exchange_rate import AT_END
from ..intervals import clusters, means, point_weights
from ..wording import in_arm
from .surface import Axis, Surface, fit
from .zero_line import Distance, Sides, distance, lattice, sides

if TYPE_CHECKING:
    import pandas as pd

HORIZONS = (0.25, 0.5, 1.0)  # of the run
NEVER, UP, DOWN, UP_THEN_DOWN, DOWN_THEN_UP = 0, 1, -1, 2, -2
MOST_VALUES_READ = 40_000_000  # of a trajectory; larger studies have a map of the end alone


@dataclass(frozen=True)
class Horizon:
    """One horizon of a map: its ``turn``, what it is called, and what the contrast is there.

    ``mean`` is over the plane; ``sides`` are the shares of the plane on both sides of the zero line; ``distance`` is that of
    the scenario's own place from the line.
    """

    turn: int
    called: str
    mean: float
    interval: tuple[float, float] | None
    sides: Sides
    distance: Distance


@dataclass(frozen=True)
class Turning:
    """Whether and when a contrast turns, place by place on a lattice of ``count`` × ``count``.

    ``kinds`` says of each place whether the contrast is positive (1) or negative (-1) whenever its interval excludes zero,
    first the one and later the other (2, -2), or never distinguishable from zero (0). ``dates`` are years at which the sign
    changes, NaN elsewhere. ``shares`` are those of the kinds.
    """

    count: int
    kinds: np.ndarray
    dates: np.ndarray

    @cached_property
    def shares(self) -> dict[int, float]:
        """The share of the plane of each kind."""
        return {kind: float((self.kinds == kind).mean()) for kind in (UP, DOWN, UP_THEN_DOWN, DOWN_THEN_UP, NEVER)}

    def median_year(self, kind: int) -> float | None:
        """The median of the years at which places of a kind turn."""
        years = self.dates[self.kinds == kind]
        return float(np.median(years)) if len(years) else None


@dataclass(frozen=True)
class OtherArm:
    """The contrast in another arm of the study, such as with the coupling off: its means over the plane at the horizons."""

    arm: str
    where: str
    means: tuple[float, ...]
    intervals: tuple[tuple[float, float] | None, ...]


@dataclass(frozen=True)
class AtlasMap:
    """The contrast of one quantity of one parent over the plane, at several horizons and turn by turn."""

    subject: str
    quantity: str
    label: str
    unit: str
    contrast: ContrastOf
    surface: Surface
    dates: np.ndarray
    horizons: tuple[Horizon, ...]
    turning: Turning | None
    pairs: int
    others: tuple[OtherArm, ...] = ()

    @property
    def place(self) -> tuple[float, float]:
        """The scenario's own place on the plane."""
        return self.horizons[-1].distance.place


def quantities(results: Results, wanted: str) -> list[str]:
    """The trajectories that a name means (``western_alignment``, for every owner); raises ``NoSuchColumn`` for another name."""
    known = results.names("trajectory")
    found = [name for name in known if name == wanted or name.partition(".")[2] == wanted.removesuffix(AT_END)]
    if not found:
        bare = list(dict.fromkeys(name.partition(".")[2] for name in known))
        hint = nearest(wanted, [*known, *bare]) or f"; they have {listed(bare, 8)}"
        raise NoSuchColumn(f"these results have no trajectory {wanted!r}{hint}")
    return found


def maps(
    results: Results,
    contrast: ContrastOf,
    plane: tuple[str, str],
    quantity: str,
    subject: str = "",
    shares: tuple[float, ...] = HORIZONS,
) -> tuple[AtlasMap, ...]:
    """The maps of a contrast in the trajectories that ``quantity`` means, over the plane of two numeric columns.

    ``shares`` are the horizons, as shares of the run; of a single one it is not said when the contrast turns.
    Raises ``ResultsError`` if a column of the plane is no number that the study varies, or has too few values.
    """
    pairs = difference(results, contrast.column, contrast.choice, contrast.reference)
    about = pairs.table(["run", "stream", "point", *plane, *([ARM] if ARM in pairs.columns else [])])
    rows = (about[ARM] == BASE).to_numpy() if ARM in about else np.ones(len(about), bool)
    elsewhere = about[~rows]
    axes = [_axis(results, about[name].to_numpy(), name) for name in plane]
    names, found = quantities(results, quantity), []
    if len(about) * results.scenario.turns > MOST_VALUES_READ:
        raise ResultsError(f"a map of {len(about):,} pairs is more than this needs: use --points to play fewer")
    about = about[rows]
    member = clusters(about["stream"].to_numpy())[0]
    series = pairs.arrays(*names)
    for name in names:
        values = series[name][rows].astype(float)
        column = results.variables[name]
        surface = fit(*axes, *(about[each].to_numpy(float) for each in plane), values, member)
        weights = point_weights(about["point"].to_numpy())
        horizons = tuple(_horizon(surface, values, member, weights, results, plane, turn) for turn in _turns(results, shares))
        called = f"{results.scenario.names.get(column.owner, column.owner)}, {subject or results.title}"
        found.append(
            AtlasMap(
                called, name, column.label, column.unit, contrast, surface, series.dates, horizons,
                turning(surface, series.dates) if len(horizons) > 1 else None, len(about),
                _others(elsewhere, series[name][~rows], results, _turns(results, shares)),
            )
        )  # fmt: skip
    return tuple(found)


def _others(about: pd.DataFrame, values: np.ndarray, results: Results, turns: list[int]) -> tuple[OtherArm, ...]:
    """The contrast in every arm but the base; a mean of pairs that are all equal has no interval."""
    found = []
    for arm in dict.fromkeys(about[ARM]) if ARM in about else ():
        rows = (about[ARM] == arm).to_numpy()
        here, pairs = about[rows], values[rows][:, turns].astype(float)
        mean = means(pairs, clusters(here["stream"].to_numpy())[0], point_weights(here["point"].to_numpy()))
        ends = tuple(mean.interval(at) if np.ptp(pairs[:, at]) else None for at in range(len(turns)))
        found.append(OtherArm(arm, in_arm(results, arm), tuple(map(float, mean.values)), ends))
    return tuple(found)


def _axis(results: Results, values: np.ndarray, name: str) -> Axis:
    column = results.columns[name]
    if values.dtype.kind not in "fi" or not len(values) or np.isnan(values.astype(float)).any():
        raise ResultsError(f"{name} is no number that all runs have, so it cannot be a side of the plane")
    low, high = float(values.min()), float(values.max())
    if low == high:
        raise ResultsError(f"{name} is {low:g} in all runs, so it cannot be a side of the plane")
    return Axis(name, column.label, low, high)


def _turns(results: Results, shares: tuple[float, ...]) -> list[int]:
    turns = results.scenario.turns
    return list(dict.fromkeys(max(round(share * turns) - 1, 0) for share in shares))


def _horizon(
    surface: Surface, values: np.ndarray, member: np.ndarray, weights: np.ndarray, results: Results, plane: tuple, turn: int
) -> Horizon:
    found = means(values[:, [turn]], member, weights)
    interval = found.interval() if np.ptp(values[:, turn]) else None
    place = tuple(own_value(results, axis) for axis in (surface.across, surface.up))
    near = distance(surface, turn, place)
    return Horizon(turn, called(results, turn), float(found.values[0]), interval, sides(surface, turn), near)


def called(results: Results, turn: int) -> str:
    """A horizon in words: ``after 2.5 years (2016 Q2)``."""
    years = (turn + 1) * MONTHS[results.scenario.time_step] / 12
    when = f"after {years:g} {'year' if years == 1 else 'years'}"
    return f"{when} ({results.scenario.date(turn).replace('-', ' ')})"


def own_value(results: Results, axis: Axis) -> float:
    """The scenario's own value of a parameter: the fixed one, the middle of what is uncertain, or else the default.

    A value outside of the plane is moved to its edge.
    """
    from ...scenario.addresses import addresses_of
    from ...scenario.schema import declarations

    scenario = results.scenario
    target = addresses_of(declarations(), scenario.entities).targets.get(axis.name)
    default = getattr(target.declared, "default", None) if target else None
    given = [scenario.values[address] for address in target.addresses if address in scenario.values] if target else []
    own = float(default) if isinstance(default, (int, float)) else (axis.low + axis.high) / 2
    if given and given[0].law == "fixed" and isinstance(given[0].fixed, (int, float)):
        own = float(given[0].fixed)
    elif given and given[0].law == "between":
        own = sum(given[0].numbers) / 2
    return min(max(own, axis.low), axis.high)


def turning(surface: Surface, dates: np.ndarray, count: int = 41) -> Turning:
    """When the contrast turns at each place: the sign changes after it was clear, and becomes clear the other way."""
    places = lattice(surface, count)
    values, reach = surface.at(*places), surface.reach(*places)
    clear = np.where(values > np.maximum(reach, 1e-12), 1, np.where(values < -np.maximum(reach, 1e-12), -1, 0))
    turns = np.arange(len(dates))
    ever = {sign: (clear == sign).any(axis=1) for sign in (1, -1)}
    first = {sign: np.where(ever[sign], (clear == sign).argmax(axis=1), len(dates)) for sign in (1, -1)}
    last = {sign: np.where(ever[sign], len(dates) - 1 - (clear == sign)[:, ::-1].argmax(axis=1), -1) for sign in (1, -1)}
    kinds = np.select(
        [ever[1] & ~ever[-1], ever[-1] & ~ever[1], ever[1] & ever[-1] & (last[1] < last[-1]), ever[1] & ever[-1]],
        [UP, DOWN, UP_THEN_DOWN, DOWN_THEN_UP],
        NEVER,
    )
    years = np.full(len(kinds), np.nan)
    calendar = dates.astype("datetime64[M]").astype(int) / 12 + 1970
    for kind, before, after in ((UP_THEN_DOWN, 1, -1), (DOWN_THEN_UP, -1, 1)):
        for place in np.flatnonzero(kinds == kind):
            late = turns[(turns > first[before][place]) & (values[place] * after > 0)]
            late = late[late > (clear[place] == before).nonzero()[0].max(initial=-1)]
            years[place] = calendar[late[0]] if len(late) else calendar[first[after][place]]
    return Turning(count, kinds, years)
