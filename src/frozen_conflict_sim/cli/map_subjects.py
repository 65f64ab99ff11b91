"""The subjects of an atlas: scenarios that are played on the plane, each from its starting points, and results folders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files.printable import file_name
from .screen.messages import say

if TYPE_CHECKING:
    from ..analysis.atlas.maps import AtlasMap
    from ..analysis.comparison.difference_results import ContrastOf
    from ..scenario import Scenario


@dataclass(frozen=True)
class Request:
    """What is mapped: a contrast of a trajectory over ranges of two parameters, and how many runs are played for it."""

    contrast: ContrastOf
    plane: dict[str, tuple[float, float]]
    quantity: str
    points: int
    replicates: int
    seed: int

    @classmethod
    def of(cls, contrast, plane, quantity: str, points: int, replicates: int, seed: int) -> Request:
        """From the options of the command."""
        from ..analysis.atlas.study import POLICIES, RANGES
        from ..analysis.comparison.difference_results import ContrastOf
        from .options import value_of

        asked = ContrastOf(contrast[0], *map(value_of, contrast[1:])) if contrast else POLICIES
        ranges = dict(map(_range, plane)) if plane else RANGES
        if len(ranges) < 2:
            raise click.BadParameter("the plane needs two different parameters", param_hint="--plane")
        return cls(asked, ranges, quantity, points, replicates, seed)

    def folder(self, scenario: Scenario, called: str) -> str:
        """The name of the folder of a subject's results; a request other than the usual one has a mark of its own."""
        from ..analysis.atlas.study import POLICIES, QUANTITY, RANGES, SEED

        usual = (self.contrast, self.plane, self.quantity, self.seed) == (POLICIES, RANGES, QUANTITY, SEED)
        mark = (
            ""
            if usual
            else f"-{blake2b(repr((self.contrast, self.plane, self.quantity, self.seed)).encode(), digest_size=4).hexdigest()}"
        )
        return f"{file_name(f'{Path(scenario.path).stem} {called}')}{mark}"


def _numbers(text: str, option: str) -> tuple[str, list[float]]:
    key, equals, numbers = text.partition("=")
    try:
        values = [float(number) for number in numbers.split(",")] if equals else []
    except ValueError:
        values = []
    if not key or not values:
        raise click.BadParameter(f"expected KEY=NUMBER,NUMBER, found {text!r}", param_hint=option)
    return key.strip(), values


def _range(text: str) -> tuple[str, tuple[float, float]]:
    key, values = _numbers(text, "--plane")
    if len(values) != 2 or values[0] >= values[1]:
        raise click.BadParameter(f"expected {key}=LOW,HIGH with the smaller number first, found {text!r}", param_hint="--plane")
    return key, (values[0], values[1])


def maps_of(
    subjects: Sequence[str], starts: Sequence[str], asked: Request, out: Path, workers: int | None, quiet: bool
) -> list[AtlasMap]:
    """The maps of all subjects; studies are played into folders below ``out``, or continued there."""
    from ..analysis.atlas.maps import maps
    from ..analysis.atlas.study import STARTS, THEATRES
    from ..results import open_results
    from .run_study import say_notes

    begin = dict(_numbers(text, "--start") for text in starts) if subjects or starts else STARTS
    found: list[AtlasMap] = []
    for subject in subjects or THEATRES:
        if (Path(subject) / "manifest.json").exists():
            results = open_results(subject)
            say_notes(results, quiet)
            found += maps(results, asked.contrast, tuple(asked.plane), asked.quantity, f"in {subject}")
        else:
            for called, scenario in _from_each_start(subject, begin, bool(subjects or starts)):
                found += maps(_played(scenario, called, asked, out, workers, quiet), asked.contrast, tuple(asked.plane),
                              asked.quantity, called)  # fmt: skip
    return found


def _from_each_start(subject: str, starts: dict[str, Sequence[float]], strict: bool) -> Iterator[tuple[str, Scenario]]:
    """The scenario as it is, and from each starting value; a default starting value only where the scenario knows its key."""
    from ..scenario import load_scenario
    from ..scenario.addresses import addresses_of
    from ..scenario.schema import declarations

    scenario = load_scenario(subject)
    yield f"from {scenario.date(0)[:4]}", scenario
    known = addresses_of(declarations(), scenario.entities).targets
    for key, values in starts.items():
        for value in values if strict or key in known else ():
            yield f"{key.rpartition('.')[2].replace('_', ' ')} {value:g} at first", scenario.with_values({key: value})


def _played(scenario: Scenario, called: str, asked: Request, out: Path, workers: int | None, quiet: bool):
    from ..analysis.atlas.study import experiment_of
    from ..experiment.study.study import Study
    from .run_study import report_failures, run_study

    sizes = asked.points, asked.replicates, asked.seed
    study = Study(experiment_of(scenario, asked.contrast, asked.plane, asked.quantity, *sizes))
    if not quiet:
        say(f"{scenario.title}, {called}: {study.runs:,} runs")
    results = run_study(study, out / asked.folder(scenario, called), workers, quiet)
    report_failures(results)
    return results
