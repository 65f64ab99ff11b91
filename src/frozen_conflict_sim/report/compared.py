"""The report of two results that are compared run by run."""

from __future__ import annotations

from ..analysis.comparison.compare import Comparison, compare
from ..analysis.comparison.exchange_rate import ExchangeRate
from ..analysis.comparison.pairing import Difference
from ..analysis.numbers import interval, number, percent
from ..analysis.summary import CAVEAT, class_shares
from ..results import Results
from .document import Block, Document, Paragraph, Section, Table
from .pictures import picture
from .sections.reproduce import reproduced
from .sections.two_runs import Side, diverged
from .subject import Subject

MOST_SENTENCES = 4


def compared_document(left: Results, right: Results, made_of: tuple[tuple[str, ...], tuple[str, ...]]) -> Document:
    """The document of a comparison; differences are B minus A. Raises ``NotComparable``."""
    found = compare(left, right)
    key = [line for line in found.differences if line.outcome in set(left.names("outcome", key_outcomes=True))]
    subjects = Subject(left), Subject(right)
    sections = [_differences(key), _rates(found), _endings(left, right), _over_time(*subjects)]
    pair = [Side(side, _runs(side, subjects[0].outcomes[0]), called) for side, called in ((left, "A"), (right, "B"))]
    sections += [diverged(*pair, subjects[0].outcomes[0])]
    for called, subject in zip("AB", subjects):
        blocks = reproduced(subject.results, subject.outcomes, f"results/{called}", f"{called}.yaml")
        sections.append(Section(f"reproduce-{called.lower()}", f"How to reproduce {called}", tuple(blocks)))
    titles = " against ".join(dict.fromkeys(side.experiment.question or side.title for side in (left, right)))
    labels = tuple(f"{called}: {' · '.join(parts)}" for called, parts in zip("AB", made_of))
    shown = tuple(section for section in sections if section is not None)
    about = f"A is {found.left}, B is {found.right}: {found.pairs:,} pairs of runs that use the same random numbers."
    return Document(titles, about, tuple(_answer(found, key)), (*labels, *found.notes), shown, CAVEAT)


def _runs(side: Results, outcome: str):
    runs = side.table([*side.names("about"), *side.names("lever"), *side.names("uncertainty"), outcome])
    return runs[runs["status"] == "done"]


def _answer(found: Comparison, key: list[Difference]) -> list[str]:
    """The clearest differences, and how many runs diverge at all."""
    clear = [line for line in key if line.interval and (line.interval[0] > 0 or line.interval[1] < 0)]
    order = sorted(clear, key=lambda line: -abs(line.difference) / max(line.interval[1] - line.interval[0], 1e-12))
    said = [_sentence(line) for line in order[:MOST_SENTENCES]]
    if not said:
        said = ["No key outcome differs measurably between A and B."]
    first = found.first_divergence
    return [*said, f"{percent(first.share)} of the pairs make some decision differently."] if first else said


def _sentence(line: Difference) -> str:
    shown = percent if line.unit == "yes or no" else number
    way = "higher" if line.difference > 0 else "lower"
    ends = tuple(sorted(abs(end) for end in line.interval))
    return (
        f"{line.label} is {way} in B than in A by {shown(abs(line.difference))} ({interval(ends, shown)}): "
        f"{shown(line.right)} against {shown(line.left)}."
    )


def _differences(key: list[Difference]) -> Section:
    rows = []
    for line in key:
        shown = percent if line.unit == "yes or no" else number
        means = (shown(line.left), shown(line.right), shown(line.difference), interval(line.interval, shown))
        rows.append((line.label, *means, "of runs" if line.unit == "yes or no" else line.unit, f"{line.pairs:,}"))
    headings = ("outcome", "A", "B", "B − A", "90 % interval", "unit", "pairs")
    return Section("differences", "Differences", (Table("Differences within pairs", headings, tuple(rows)),))


def _rates(found: Comparison) -> Section | None:
    rows = tuple(_rate(rate) for rate in found.exchange_rates)
    headings = ("parent", "when", "western alignment", "integration", "per unit of integration", "90 % interval")
    table = Table("Change of western alignment per unit of integration", headings, rows)
    return Section("price", "The price of integration", (table,)) if rows else None


def _rate(rate: ExchangeRate) -> tuple[str, ...]:
    defined = "undefined" if rate.rate is None else number(rate.rate)
    return (rate.label, rate.when, number(rate.alignment), number(rate.integration), defined, interval(rate.interval))


def _endings(left: Results, right: Results) -> Section:
    shares = [{line.name: line for line in class_shares(side)} for side in (left, right)]
    names = list(dict.fromkeys([*shares[0], *shares[1]]))
    rows = []
    for name in names:
        cells = [
            f"{percent(of[name].share)} ({interval(of[name].interval, percent)})" if name in of else "0.0 %" for of in shares
        ]
        rows.append((name, *cells))
    return Section("endings", "How runs end", (Table("Shares of runs by class", ("class", "A", "B"), tuple(rows)),))


def _over_time(left: Subject, right: Subject) -> Section | None:
    blocks: list[Block] = []
    for name in left.trajectories[:2]:
        for called, subject in (("A", left), ("B", right)):
            plot = "fan_by" if subject.lever else "fan"
            found = picture(subject.results, plot, name) if name in subject.results.variables else None
            blocks += [Paragraph(f"{called}:"), found] if found else []
    return Section("over-time", "Over time", tuple(blocks)) if blocks else None
