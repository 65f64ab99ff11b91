"""The manifest of a results folder: the request, the times, the code, and the progress.

The parts are listed by their records, not here. A copy of the manifest is kept beside them, in case the first is damaged.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from ..errors import NotResults
from ..provenance import provenance
from ..study.size import size_of
from ..study.study import Study
from . import records
from .files import write_atomically
from .identity import family_of

NAME = "manifest.json"
COPY = f"{records.FOLDER}/{NAME}"
FORMAT = 3
KEYS = (
    "format", "title", "question", "study", "family", "status", "seed", "keep", "design", "points", "arms",
    "started", "ended", "counts", "code", "requested", "sizes",
)  # fmt: skip


def fresh(study: Study) -> dict:
    """The manifest of a study that is about to start."""
    size, family, code = size_of(study.experiment), family_of(study), provenance()
    return {
        "format": FORMAT,
        "title": study.scenario.title,
        "question": study.experiment.question,
        "study": name_of(family, code, [size]),
        "family": family,
        "status": "running",
        "seed": study.seed,
        "keep": list(study.keep) if study.keep is not None else None,
        "design": study.experiment.design.kind,
        "points": study.points,
        "arms": list(study.experiment.arms),
        "started": now(),
        "ended": None,
        "counts": {"planned": study.runs, "finished": 0, "failed": 0},
        "code": code,
        "requested": size,
        "sizes": [size],
    }


def name_of(family: str, code: dict, sizes: list[dict]) -> str:
    """The identity of a study: its family, the code that plays it, and all requested sizes apart from the last replicates."""
    frame = [
        family,
        code["fingerprint"],
        [*sizes[:-1], {name: value for name, value in sizes[-1].items() if name != "replicates"}],
    ]
    return blake2b(json.dumps(frame).encode(), digest_size=12).hexdigest()


def read(folder: Path) -> dict:
    """Read the manifest of a results folder; if only its copy can be read, the key ``from_copy`` says why.

    :class:`NotResults` if neither can be read, or the folder has another format.
    """
    if not folder.exists():
        raise NotResults(f"{folder} does not exist")
    try:
        manifest = _read(folder, NAME)
    except NotResults as problem:
        try:
            why = f"{folder / NAME} is damaged or missing: its copy in {COPY} is used instead"
            manifest = _read(folder, COPY) | {"from_copy": why}
        except NotResults:
            raise problem from None
    return manifest


def _read(folder: Path, name: str) -> dict:
    try:
        manifest = json.loads((folder / name).read_text("utf-8"))
        known, lacking = manifest["format"], [key for key in KEYS if key not in manifest]
    except (FileNotFoundError, NotADirectoryError):
        raise NotResults(f"{folder} is not a results folder: it has no {NAME}") from None
    except (ValueError, KeyError, TypeError):
        raise NotResults(f"{folder} is not a results folder: its {NAME} cannot be read") from None
    if known != FORMAT:
        raise NotResults(
            f"{folder} was written in format {known}, and this version reads only format {FORMAT}: run the study again"
        )
    if lacking:
        raise NotResults(f"{folder} is not a results folder: its {NAME} lacks {', '.join(lacking)}")
    return manifest


def write(folder: Path, manifest: dict, name: str = NAME) -> None:
    """Replace the manifest."""
    content = {key: manifest[key] for key in KEYS}
    write_atomically(folder / name, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())


def counted(parts: list[records.Part]) -> dict:
    """The numbers of finished and failed runs."""
    failed = sum(len(part.failed) for part in parts)
    return {"finished": sum(map(len, parts)) - failed, "failed": failed}


def difference(manifest: dict, study: Study) -> str:
    """Why the study of a folder is another one than ``study``, in a few words."""
    other = fresh(study)
    if manifest["title"] != other["title"]:
        return f"“{manifest['title']}”"
    if manifest["seed"] != other["seed"]:
        return f"its seed is {manifest['seed']}"
    if manifest["design"] != other["design"]:
        return f"its design is {manifest['design']}"
    if manifest["keep"] != other["keep"]:
        return "it keeps other trajectories"
    return "the same title and seed, but other values"


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
