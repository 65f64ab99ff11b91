"""Make the report of some results, or of two that are compared."""

from __future__ import annotations

from pathlib import Path

from ..analysis.summary import CAVEAT
from ..results import Results
from .answer import answer
from .compared import compared_document
from .document import Document
from .page import page
from .sections.dilemma import dilemma
from .sections.endings import endings
from .sections.hangs_on import hangs_on
from .sections.over_time import over_time
from .sections.reproduce import reproduce
from .sections.texts import texts
from .sections.theories import theories
from .sections.two_runs import two_runs
from .subject import Subject

SECTIONS = (dilemma, endings, over_time, two_runs, hangs_on, theories)


def report(results: Results, *, validation: Path | None = None, live: str = "") -> str:
    """The report of some results as the text of one HTML file, without scripts; the same results give the same text.

    ``validation`` is a folder that ``validate --out`` has written. ``live`` is a page that the reader can play with, to stand
    within the report; with it the file has scripts. Raises ``InputError`` for a folder that is none.
    """
    subject = Subject(results)
    finished = results.manifest["counts"]["finished"]
    found = [section(subject) for section in SECTIONS] if finished else []
    sections = [*found, texts(validation), reproduce(subject)]
    experiment = results.experiment
    made_of = made(results)
    return page(
        Document(
            experiment.question or results.title,
            experiment.about or getattr(results.scenario, "about", ""),
            tuple(answer(subject)),
            made_of,
            tuple(section for section in sections if section is not None),
            CAVEAT,
            live,
        )
    )


def made(results: Results) -> tuple[str, ...]:
    """What results are made of: scenario, runs, seed, version."""
    manifest = results.manifest
    counts, code = manifest["counts"], manifest["code"]
    failed = f", {counts['failed']:,} failed" if counts["failed"] else ""
    return (
        results.title,
        f"{counts['finished']:,} runs{failed}",
        f"seed {manifest['seed']}",
        f"model {code['version']} ({code['fingerprint'][:8]})",
        *results.notes,
    )


def report_of_two(left: Results, right: Results) -> str:
    """The report of a comparison, run by run, of results that use the same random numbers. Raises ``NotComparable``."""
    return page(compared_document(left, right, (made(left), made(right))))
