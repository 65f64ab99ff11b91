"""Parts: the tables of one chunk as Parquet files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .chunk import Chunk
from .errors import CorruptPart
from .files import digest, write_whole

KINDS = ("runs", "trajectories")


@dataclass(frozen=True)
class Parcel:
    """A part that is not on disk yet and can travel: its entry in the manifest, and its files as they will be, by path."""

    entry: dict
    files: dict[str, bytes]

    def write(self, folder: Path) -> dict:
        """Write the part; the answer is its entry in the manifest."""
        for path, data in self.files.items():
            write_whole(folder / path, data)
        return self.entry


def packed(chunk: Chunk, **known: int) -> Parcel:
    """A chunk as a part, in whichever process played it; its entry says what is ``known`` of it, its files and its failures."""
    runs = chunk.runs["run"].to_pylist()
    name = f"{runs[0]:08d}-{runs[-1]:08d}.parquet"
    files = {f"runs/{name}": _parquet(chunk.runs), f"trajectories/{name}": _parquet(chunk.turns)}
    listed = {path: {"bytes": len(data), "blake2b": digest(data)} for path, data in files.items()}
    return Parcel({**known, "files": listed, "failures": list(chunk.failures)}, files)


def size_of(chunk: Chunk) -> int:
    """How many bytes a chunk takes on disk."""
    return len(_parquet(chunk.runs)) + len(_parquet(chunk.turns))


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
    """Whether a file is on disk as the manifest lists it; Parquet's own checksums leave out the names of its columns."""
    try:
        return digest(path.read_bytes()) == listed["blake2b"]
    except OSError:
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
