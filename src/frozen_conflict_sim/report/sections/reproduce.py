"""How to make the results and the report again: the file, the command, checksums, and the data of the runs."""

from __future__ import annotations

import base64
from hashlib import blake2b

import numpy as np

from ...experiment.load.writing import TABLE, table_text, to_yaml
from ...results import Results
from ..document import Block, Download, Listing, Paragraph, Section, Text
from ..subject import Subject

FILE = "experiment.yaml"
MOST = 400_000  # bytes of data inside the page


def reproduce(subject: Subject) -> Section:
    """The experiment as a file, the commands, and what must come out."""
    return Section("reproduce", "How to reproduce it", tuple(reproduced(subject.results, subject.outcomes)))


def reproduced(results: Results, outcomes: tuple[str, ...], folder: str = "results/again", file: str = FILE) -> list[Block]:
    """The blocks that say how to make some results again."""
    text, code = to_yaml(results.experiment), results.manifest["code"]
    commands = f"frozen-conflict-sim batch {file} --out {folder}\nfrozen-conflict-sim report {folder}"
    sums = (
        f"version {code['version']}, code {code['fingerprint']}",
        f"study {results.manifest['study']}, seed {results.manifest['seed']}",
        f"checksum of {file}: {_sum(text.encode())}",
        f"checksum of all outcomes of all runs: {outcomes_sum(results)}",
    )
    blocks: list[Block] = [
        Paragraph(f"Save the file below as {file}, install the same version, and run:"),
        Text("Commands", commands, open=True),
        Listing(sums),
        Text(f"{file}: the complete experiment", text),
    ]
    if results.experiment.design.kind == "file":
        blocks.append(Text(f"{TABLE}: the points of the design", table_text(results.experiment.design)))
    return [*blocks, *_data(results, outcomes)]


def outcomes_sum(results: Results) -> str:
    """A checksum of the outcomes of all runs, to the last bit."""
    names = results.names("outcome")
    table = results.table(["run", *names]).sort_values("run")
    found = blake2b(digest_size=12)
    for name in names:
        found.update(name.encode())
        found.update(np.ascontiguousarray(table[name].to_numpy(float, na_value=np.nan)).tobytes())
    return found.hexdigest()


def _sum(data: bytes) -> str:
    return blake2b(data, digest_size=12).hexdigest()


def _data(results: Results, outcomes: tuple[str, ...]) -> list[Block]:
    names = [*results.names("about"), *results.names("lever"), *results.names("uncertainty"), *outcomes]
    data = results.table(list(dict.fromkeys(names))).to_csv(index=False, lineterminator="\n").encode()
    if len(data) > MOST:
        return [Paragraph("The runs are too many to stand in this page; frozen-conflict-sim export RESULTS writes them.")]
    address = f"data:text/csv;base64,{base64.b64encode(data).decode()}"
    return [Download("runs.csv", "the runs, with what was varied and the outcomes above", address)]
