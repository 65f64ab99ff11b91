"""The files of a part: the tables of one task as Parquet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import CorruptPart, is_out_of_memory
from ..execute.arrow_arrays import numpy_array
from ..execute.simulate import IDENTITY, TaskResult
from ..execute.workers import processors
from .files import digest, write_atomically
from .records import Part, packed_record, ranges_of

KINDS = ("runs", "trajectories")
Described = dict[str, dict[str, str]]


@dataclass(frozen=True)
class PackedPart:
    """A part with the bytes of its files by path: it can be sent to another process that writes it."""

    part: Part
    files: dict[str, bytes]

    def write(self, folder: Path) -> Part:
        """Write the files, the record last."""
        for path, data in self.files.items():
            write_atomically(folder / path, data)
        return self.part


def packed(result: TaskResult, study: str, described: Described | None = None) -> PackedPart:
    """The result of a task as a part of a study, given by its identity, that is not written yet.

    Fields of the tables carry what is ``described`` of their columns.
    """
    ranges = ranges_of(numpy_array(result.runs["run"]))
    name, tables = Part(ranges, {}).name, dict(zip(KINDS, (result.runs, result.turns)))
    files = {f"{kind}/{name}.parquet": _parquet(_labelled(table, described or {})) for kind, table in tables.items()}
    checked = {path: {"bytes": len(data), "blake2b": digest(data)} for path, data in files.items()}
    part = Part(ranges, checked, tuple(failure["run"] for failure in result.failures), study)
    return PackedPart(part, {**files, part.record: packed_record(part, result.failures)})


def bytes_of(result: TaskResult) -> int:
    """The number of bytes that a result takes on disk."""
    return len(_parquet(result.runs)) + len(_parquet(result.turns))


def read_part(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a table of a part, or those of some columns that it has; :class:`CorruptPart` if it is damaged or missing.

    One thread reads it: memory that is refused to a thread of Arrow's own would end the process.
    """
    try:
        return pq.ParquetFile(path, page_checksum_verification=True).read(columns, use_threads=False)
    except (pa.ArrowException, OSError) as error:
        if is_out_of_memory(error):
            raise
        raise CorruptPart(f"{path} is damaged or missing ({str(error).splitlines()[0]})") from None


def give_memory_back() -> None:
    """Return the memory that it took to read parts, which Arrow would keep for later."""
    pa.default_memory_pool().release_unused()


def names_in(path: Path) -> list[str]:
    """The columns of a stored table; :class:`CorruptPart` if it is damaged or missing."""
    try:
        return pq.read_schema(path).names
    except (pa.ArrowException, OSError, ValueError) as error:
        if is_out_of_memory(error):
            raise
        raise CorruptPart(f"{path} is damaged or missing ({str(error).splitlines()[0]})") from None


def is_intact(path: Path, recorded: dict) -> bool:
    """Whether a file can be read and has the checksum of its record.

    Parquet's own checksums do not cover the names of its columns.
    """
    try:
        return digest(path.read_bytes()) == recorded["blake2b"]
    except OSError:
        return False


def damaged_of(folder: Path, files: dict[str, dict]) -> list[str]:
    """The files of a folder, by path with their records, that are damaged or missing, in their order."""
    with ThreadPoolExecutor(processors()) as pool:  # to read and sum up a file holds no lock of Python
        intact = pool.map(lambda name: is_intact(folder / name, files[name]), files)
        return [name for name, one in zip(files, intact) if not one]


def _labelled(table: pa.Table, described: Described) -> pa.Table:
    """The table with unit and label as metadata of its fields."""
    fields = [field.with_metadata(described[field.name]) if field.name in described else field for field in table.schema]
    return pa.Table.from_arrays(table.columns, schema=pa.schema(fields))


def _parquet(table: pa.Table) -> bytes:
    """The table as Parquet: as small as with stronger compression and dictionaries of numbers, in a third of the time."""
    numbers = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    words = [field.name for field in table.schema if pa.types.is_string(field.type)]
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="lz4",
        use_dictionary=words,
        column_encoding=dict.fromkeys(numbers, "BYTE_STREAM_SPLIT") or None,
        write_statistics=[name for name in IDENTITY if name in table.column_names],
        write_page_checksum=True,
    )
    return sink.getvalue().to_pybytes()
