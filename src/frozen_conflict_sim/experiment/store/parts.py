"""Parts: the tables of one chunk as Parquet files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import CorruptPart
from ..execute.simulate import TaskResult
from .files import digest, write_whole
from .records import Part, ranges_of, written

KINDS = ("runs", "trajectories")


@dataclass(frozen=True)
class PackedPart:
    """A part that is not on disk yet and can travel, with its files as they will be, by path."""

    part: Part
    files: dict[str, bytes]

    def write(self, folder: Path) -> Part:
        """Write the part, its record last: it counts from then on."""
        for path, data in self.files.items():
            write_whole(folder / path, data)
        return self.part


def packed(result: TaskResult) -> PackedPart:
    """A chunk as a part, in whichever process played it."""
    ranges = ranges_of(result.runs["run"].to_numpy())
    name, tables = Part(ranges, {}).name, dict(zip(KINDS, (result.runs, result.turns)))
    files = {f"{kind}/{name}.parquet": _parquet(table) for kind, table in tables.items()}
    checked = {path: {"bytes": len(data), "blake2b": digest(data)} for path, data in files.items()}
    part = Part(ranges, checked, tuple(failure["run"] for failure in result.failures))
    return PackedPart(part, {**files, part.record: written(part, result.failures)})


def bytes_of(result: TaskResult) -> int:
    """How many bytes a chunk takes on disk."""
    return len(_parquet(result.runs)) + len(_parquet(result.turns))


def read_part(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a table of a part."""
    try:
        file = pq.ParquetFile(path, page_checksum_verification=True)
        there = set(file.schema_arrow.names)
        return file.read([name for name in columns if name in there] if columns else None)
    except (pa.ArrowException, OSError) as error:
        raise CorruptPart(f"{path} is damaged or missing ({str(error).splitlines()[0]})") from None


def names_in(path: Path) -> list[str]:
    """The columns of a stored table."""
    try:
        return pq.read_schema(path).names
    except (pa.ArrowException, OSError, ValueError) as error:
        raise CorruptPart(f"{path} is damaged or missing ({str(error).splitlines()[0]})") from None


def is_sound(path: Path, listed: dict) -> bool:
    """Whether a file is on disk as the record of its part says; Parquet's own checksums leave out the names of its columns."""
    try:
        return digest(path.read_bytes()) == listed["blake2b"]
    except FileNotFoundError:
        return False


def _parquet(table: pa.Table) -> bytes:
    numbers = [field.name for field in table.schema if field.type == pa.float32()]
    others = [field.name for field in table.schema if field.type != pa.float32()]
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        use_dictionary=others,
        column_encoding=dict.fromkeys(numbers, "BYTE_STREAM_SPLIT") or None,
        write_page_checksum=True,
    )
    return sink.getvalue().to_pybytes()
