"""The price of integration in a sentence: how much western alignment changes per unit of integration, by the choice made."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..analysis.comparison.exchange_rate import AT_END, ExchangeRate, exchange_rates
from ..analysis.comparison.pairing import pair, shared_by_partners
from ..analysis.groups import groups
from ..analysis.numbers import number
from ..analysis.wording import spoken_arm
from ..experiment.spec import BASE
from .subject import Subject
from .wording import with_interval

LEAST = 0.02  # of integration between the groups, to speak of a price


def price(subject: Subject) -> Iterator[str]:
    """A sentence for each parent, at the end of the run, from the group with the least integration to that with the most."""
    results, scenario = subject.results, subject.results.scenario
    if subject.lever in (None, "arm"):
        return
    columns = [f"{territory}.integration{AT_END}" for territory in scenario.entities["territory"]]
    columns += [f"{parent}.western_alignment{AT_END}" for parent in scenario.entities["parent"]]
    if not set(columns) <= set(results.columns):
        return
    by_group = groups(results, subject.lever, *columns)
    depth = {
        group: float(runs[columns[: len(scenario.entities["territory"])]].mean().mean()) for group, runs in by_group.items()
    }
    least, most = min(depth, key=depth.__getitem__), max(depth, key=depth.__getitem__)
    if depth[most] - depth[least] < LEAST:
        return
    points = {group: set(by_group[group][subject.lever]) for group in (least, most)}
    runs = results.table([*results.names("about"), *results.names("lever"), *results.names("uncertainty"), *columns])
    rates = {arm: _rates(subject, runs, points[least], points[most], arm) for arm in (BASE, *results.experiment.arms)}
    for at, rate in enumerate(rates[BASE]):
        others = {spoken_arm(results, arm): rates[arm][at] for arm in results.experiment.arms if at < len(rates[arm])}
        yield _sentence(rate, others, least, most)


def _rates(subject: Subject, runs: pd.DataFrame, least: set, most: set, arm: str) -> list[ExchangeRate]:
    results = subject.results
    of_arm = runs[runs["arm"] == arm] if "arm" in runs else runs
    sides = [of_arm[of_arm[subject.lever].isin(values)] for values in (least, most)]
    pairs = pair(*sides, shared_by_partners(results, results, *sides))
    return [rate for rate in exchange_rates(pairs, results.scenario) if rate.when == "at the end"] if len(pairs) else []


def _sentence(rate: ExchangeRate, others: dict[str, ExchangeRate], least: str, most: str) -> str:
    asides = "".join(f"; with {arm} {_rate(other)}" for arm, other in others.items())
    changed = with_interval(rate.alignment, rate.alignment_interval, number)
    return (
        f"From {least} to {most}, integration rises by {number(rate.integration)} and {rate.label}'s western alignment changes "
        f"by {changed}: {_rate(rate)} for each unit of integration{asides}."
    )


def _rate(rate: ExchangeRate) -> str:
    return "no rate" if rate.rate is None else with_interval(rate.rate, rate.interval, number)
