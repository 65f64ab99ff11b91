"""The manifest of a results folder: the request, the times, the code, and the progress.

The parts are listed by their records, not here. A copy of the manifest, with the text of every file that describes the results,
is kept beside the records: from it they are mended when they are damaged.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from ..errors import CorruptPart, NotResults
from ..provenance import provenance
from ..study.size import size_of
from ..study.study import Study
from . import records
from .files import digest, write_atomically
from .identity import family_of

NAME = "manifest.json"
COPY = f"{records.FOLDER}/{NAME}"
FORMAT = 5
KEYS = (
    "format", "title", "question", "study", "family", "status", "seed", "keep", "design", "points", "arms",
    "started", "ended", "counts", "code", "resumed", "requested", "sizes", "files",
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
        "resumed": [],
        "requested": size,
        "sizes": [size],
        "files": {},
    }


def name_of(family: str, code: dict, sizes: list[dict]) -> str:
    """The identity of a study: its family, the code that plays it, and all requested sizes apart from the last replicates."""
    frame = [
        family,
        code["fingerprint"],
        [*sizes[:-1], {name: value for name, value in sizes[-1].items() if name != "replicates"}],
    ]
    return blake2b(json.dumps(frame).encode(), digest_size=12).hexdigest()


def studies_of(manifest: dict) -> set[str]:
    """The identities under which the parts of a folder were played: one for each request that has added runs."""
    sizes = manifest["sizes"]
    return {name_of(manifest["family"], manifest["code"], sizes[:end]) for end in range(1, len(sizes) + 1)}


def read(folder: Path) -> dict:
    """Read the manifest of a results folder; if only its copy can be read, the key ``from_copy`` says why.

    :class:`NotResults` if there is none, or the folder has another format; :class:`CorruptPart` if both are damaged.
    """
    if not folder.exists():
        raise NotResults(f"{folder} does not exist")
    try:
        manifest = _read(folder, NAME)
    except (NotResults, CorruptPart) as problem:
        try:
            why = f"{folder / NAME} is damaged or missing: its copy in {COPY} is used instead"
            manifest = _read(folder, COPY) | {"from_copy": why}
        except (NotResults, CorruptPart):
            raise problem from None
    return manifest


def _read(folder: Path, name: str) -> dict:
    try:
        data = (folder / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NotResults(f"{folder} is not a results folder: it has no {NAME}") from None
    except OSError:
        raise CorruptPart(f"{folder / name} cannot be read") from None
    try:
        manifest = json.loads(data)
        known, lacking = manifest["format"], [key for key in KEYS if key not in manifest]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NotResults(f"{folder} is not a results folder: its {NAME} cannot be read") from None
    if known != FORMAT:
        raise NotResults(
            f"{folder} was written in format {known}, and this version reads only format {FORMAT}: run the study again"
        )
    if lacking:
        raise NotResults(f"{folder} is not a results folder: its {NAME} lacks {', '.join(lacking)}")
    try:
        return records.unsealed(data)
    except ValueError:
        raise CorruptPart(f"{folder / name} is not what was written") from None


def write(folder: Path, manifest: dict, name: str = NAME, texts: dict[str, str] | None = None) -> None:
    """Replace the manifest, or its copy, which also holds the ``texts`` of the files that describe the results."""
    content = {key: manifest[key] for key in KEYS} | ({} if texts is None else {"texts": texts})
    write_atomically(folder / name, records.sealed(content, in_lines=True))


def checksums(texts: dict[str, str]) -> dict[str, str]:
    """The checksums of the files that describe the results, by name."""
    return {name: digest(text.encode()) for name, text in texts.items()}


def text_of(folder: Path, manifest: dict, name: str) -> tuple[str, bool]:
    """The text of a file that describes the results, and whether the file itself is intact: if not, it is from the copy.

    :class:`CorruptPart` if neither is what was written.
    """
    with suppress(OSError, KeyError):
        data = (folder / name).read_bytes()
        if digest(data) == manifest["files"][name]:
            return data.decode(), True
    with suppress(CorruptPart, NotResults, KeyError, TypeError):
        text = _read(folder, COPY)["texts"][name]
        if digest(text.encode()) == manifest["files"][name]:
            return text, False
    raise CorruptPart(f"{folder / name} is damaged or missing")


def libraries(code: dict) -> dict[str, str]:
    """The versions of Python and of the libraries in a ``provenance``."""
    return {"python": code["python"], **code["libraries"]}


def note_libraries(manifest: dict) -> None:
    """Note since when runs are added with other libraries than the earlier ones, if they are."""
    before, here = [libraries(manifest["code"]), *manifest["resumed"]][-1], libraries(provenance())
    if {name: before.get(name) for name in here} != here:
        manifest["resumed"].append({"since": now(), **here})


def other_libraries(manifest: dict) -> list[str]:
    """A sentence for each time since which runs were added with other libraries."""
    said, before = [], libraries(manifest["code"])
    for here in manifest["resumed"]:
        changed = {name: version for name, version in here.items() if name != "since" and version != before.get(name)}
        listing = ", ".join(f"{name} {version} (before: {before.get(name)})" for name, version in changed.items())
        said.append(f"since {here['since']} runs were added with other libraries: {listing}")
        before = here
    return said


def copy_is_intact(folder: Path, manifest: dict) -> bool:
    """Whether the copy is intact and can mend every file that describes the results."""
    try:
        copy = _read(folder, COPY)
        return copy["sizes"] == manifest["sizes"] and checksums(copy["texts"]) == manifest["files"]
    except (CorruptPart, NotResults, LookupError, TypeError, AttributeError):
        return False


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
