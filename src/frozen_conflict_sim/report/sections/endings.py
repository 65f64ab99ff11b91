"""How runs end: the classes of runs, by what is compared."""

from __future__ import annotations

from ...politics.outcomes.classes import CLASSES
from ..document import Listing, Section
from ..pictures import picture
from ..subject import Subject


def endings(subject: Subject) -> Section | None:
    """The shares of the classes of runs, and what each class means."""
    found = picture(subject.results, "classes_by") if subject.lever else picture(subject.results, "classes")
    if found is None:
        return None
    ended = subject.results.table(["class"])["class"].dropna().unique()
    meanings = tuple(f"{name}: {meaning}" for name, meaning in CLASSES.items() if name in ended)
    return Section("endings", "How runs end", (found, Listing(meanings)))
