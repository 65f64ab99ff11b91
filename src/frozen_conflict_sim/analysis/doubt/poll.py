"""Which poll next? For each actor's choice, what it is worth to know each uncertain parameter, and what that would take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np

from ...engine.declare.parameter import Quantity
from ...experiment.errors import ResultsError
from ...experiment.load.keys import Keys
from ...experiment.search_spec import HIGHER
from ...results import Results
from ...scenario.schema import declarations
from ..summary import CAVEAT
from .choosers import Chooser, choosers, payoffs
from .information import FEWEST, Information, by_chance, partial_information, perfect_information

SHARE = "share"
NARROWER = 4  # a survey is to narrow what is unknown about a share to a quarter


@dataclass(frozen=True)
class Line:
    """A parameter in an actor's choice: what knowing it is worth, its grade, its spread, and what measuring it would take.

    ``is_known`` tells whether the value is more than the best of all parameters would have by chance.
    """

    parameter: str
    meaning: str
    grade: str
    spread: float
    information: Information
    is_known: bool
    takes: str


@dataclass(frozen=True)
class Choice:
    """An actor's choice: the best option on average, what each brings, and the parameters, the most valuable first."""

    chooser: Chooser
    means: tuple[float, ...]
    points: int
    everything: float
    lines: tuple[Line, ...]

    @property
    def best(self) -> str:
        """The option that is best on average."""
        return str(self.chooser.options[int(np.argmax(self.means))])

    @property
    def sentences(self) -> list[str]:
        """What was found."""
        return list(_sentences(self))


@dataclass(frozen=True)
class Poll:
    """The choices of a study."""

    question: str
    choices: tuple[Choice, ...]

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return {"caveat": CAVEAT, "question": self.question, "choices": [_choice(choice) for choice in self.choices]}


def _choice(choice: Choice) -> dict:
    return {
        "actor": choice.chooser.actor,
        "lever": choice.chooser.lever,
        "aim": choice.chooser.aim,
        "points": choice.points,
        "means": {str(option): mean for option, mean in zip(choice.chooser.options, choice.means)},
        "best": choice.best,
        "knowing_everything": choice.everything,
        "sentences": choice.sentences,
        "parameters": [
            {
                "parameter": line.parameter,
                "value": line.information.value,
                "interval": (line.information.low, line.information.high),
                "known": line.is_known,
                "changes": line.information.changes,
                "regions": [
                    {"from": low, "to": high, "best": str(choice.chooser.options[at])}
                    for low, high, at in line.information.regions
                ],
                "grade": line.grade,
                "takes": line.takes,
            }
            for line in choice.lines
        ],
    }


def poll(results: Results, outcome: str = "", better: str = HIGHER) -> Poll:
    """The value of each uncertain parameter for each actor's choice; without an ``outcome``, in the actor's own utility.

    Raises :class:`ResultsError` if nobody chooses, if nothing is uncertain, or for fewer than 32 points.
    """
    names = [name for name in (*results.names("uncertainty"), *results.names("parameter")) if name in results.columns]
    chosen = []
    for chooser in choosers(results, outcome, better):
        table, columns, _ = payoffs(results, chooser, _numbers(results, names))
        varying = {name: values for name, values in columns.items() if np.ptp(values) > 0}
        if not varying:
            raise ResultsError("nothing is uncertain in these results, so there is nothing to learn: name uncertainties")
        if len(table) < FEWEST:
            raise ResultsError(
                f"{len(table)} points are too few to tell what a parameter is worth: at least {FEWEST} are needed, better 256"
            )
        informed = {name: partial_information(table, values) for name, values in varying.items()}
        chance = by_chance(list(informed.values()))
        lines = [_line(results, name, values, informed[name], chance) for name, values in varying.items()]
        lines.sort(key=lambda line: -line.information.value if line.is_known else 0.0)  # others stay in the order of the study
        means = tuple(float(mean) for mean in table.mean(axis=0))
        chosen.append(Choice(chooser, means, len(table), perfect_information(table), tuple(lines)))
    return Poll(results.experiment.question, tuple(chosen))


def _numbers(results: Results, names: list[str]) -> list[str]:
    frame = results.table(names)
    return [name for name in dict.fromkeys(names) if frame[name].dtype.kind == "f"]


def _line(results: Results, name: str, values: np.ndarray, information: Information, chance: float) -> Line:
    target, spread = Keys(results.scenario, declarations()).addresses[name], float(np.std(values))
    quantity = target.declared
    takes = target.role.measured_by or "nobody has said how"
    if isinstance(quantity, Quantity) and quantity.unit == SHARE and takes.startswith("a survey") and spread > 0:
        takes += f"; some {_rounded(respondents(spread)):,} answers narrow it to a quarter"
    return Line(name, quantity.meaning, _grade(results, target), spread, information, information.exceeds(chance), takes)


def _grade(results: Results, target) -> str:
    given = [results.scenario.values[address] for address in target.addresses if address in results.scenario.values]
    return given[0].grade if given else target.declared.grade


def respondents(spread: float) -> int:
    """How many random answers give a share a standard error of a quarter of its spread, at worst.

    >>> respondents(0.1)
    400
    """
    return ceil(0.25 / (spread / NARROWER) ** 2 - 1e-9)


def _rounded(number: int) -> int:
    return round(number, -2) if number >= 1000 else number


def _sentences(choice: Choice) -> Iterator[str]:
    chooser, known = choice.chooser, [line for line in choice.lines if line.is_known]
    yield (
        f"{chooser.actor}, wanting {chooser.aim}, does best on average with {chooser.lever} = {choice.best}; "
        f"to know everything in advance, chance included, would be worth {choice.everything:.3g}."
    )
    if not known:
        yield f"No single parameter of {len(choice.lines)} is worth measuring for this choice: none beats chance."
        return
    first = known[0]
    found = first.information
    yield (
        f"Worth most to know: {first.parameter} ({first.grade}), {found.value:.3g} ({found.low:.3g}–{found.high:.3g}); "
        f"it changes the choice at {100 * found.changes:.0f} % of points: {_regions(choice, found)}."
    )
    yield f"To measure it: {first.takes}."
    rest = [line.parameter for line in known[1:]]
    if rest:
        yield f"Then {', '.join(rest[:4])}{f' and {len(rest) - 4} more' if len(rest) > 4 else ''}."
    silent = len(choice.lines) - len(known)
    if silent:
        yield f"The other {silent} {'is' if silent == 1 else 'are'} worth no more than chance gives."


def _regions(choice: Choice, found: Information) -> str:
    options = choice.chooser.options
    parts = [str(options[found.regions[0][2]])]
    parts += [f"{options[at]} above {low:.3g}" for low, _, at in found.regions[1:]]
    return ", ".join(parts)
