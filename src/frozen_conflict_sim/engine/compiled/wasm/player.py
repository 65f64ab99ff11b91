"""Play an image with the Wasmtime runtime, as a browser plays it, to see whether the numbers are those of this processor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .image import Image

PAGE = 1 << 16  # bytes


class Player:
    """An instance of the WebAssembly of an image. Raise ``ImportError`` if the package ``wasmtime`` is not installed."""

    def __init__(self, image: Image):
        import wasmtime

        self.image, self.described = image, image.described()
        engine = wasmtime.Engine()
        self._store = wasmtime.Store(engine)
        module = wasmtime.Module(engine, image.code())
        pages = wasmtime.Limits(-(-image.end // PAGE), None)
        self._memory = wasmtime.Memory(self._store, wasmtime.MemoryType(pages))
        places = image.FIRST_FUNCTION + len(image.functions)
        kind = wasmtime.TableType(wasmtime.ValType.funcref(), wasmtime.Limits(places, None))
        table = wasmtime.Table(self._store, kind, None)
        given = {"memory": self._memory, "table": table}
        instance = wasmtime.Instance(self._store, module, [given[one.name] for one in module.imports])
        self._exports = instance.exports(self._store)
        for place, name in enumerate(image.functions, image.FIRST_FUNCTION):
            table.set(self._store, place, self._exports[name])
        self._write(changes=False)

    def play(
        self,
        values: Mapping[tuple[int, int], np.ndarray],
        constants: Mapping[int, float] | None = None,
        steered: Sequence[Mapping[int, float]] = (),
    ) -> Player:
        """Play all turns; ``values`` are one number a run by slot: an address, and the distance from block to block.

        ``constants`` are numbers by address, and ``steered`` those that are written before each turn, if any are.
        """
        self._write(changes=True)
        columns = self.image.executor.run_blocks.columns
        for (at, stride), numbers in values.items():
            for block in range(self.image.blocks):
                lanes = np.broadcast_to(np.asarray(numbers, float), (self.image.runs,))[columns[block]]
                self._memory.write(self._store, lanes.tobytes(), at + block * stride)
        self._set(constants or {})
        own, shared = self.described["play"]
        spans = [(at, at + 1) for at in range(len(steered))] or [(0, self.described["turns"])]
        for first, end in spans:
            self._set(steered[first] if steered else {})
            self._exports["play"](self._store, own, self.image.blocks, shared, first, end)
        for block in range(self.image.blocks):
            pointers = [at + block * stride for at, stride in self.described["evaluate"]]
            self._exports["evaluate"](self._store, *pointers, self.image.runs)
        return self

    def uniform(self, key: tuple[int, int]) -> np.ndarray:
        """The uniform number of every run from the random stream with this key, before the first turn."""
        numbers, streams, width = self.described["uniform"]
        self._exports["uniform_1"](self._store, numbers, streams, width, 1, 0, *key)
        return self._read(numbers, (width,), np.float64)[: self.image.runs]

    @property
    def trajectories(self) -> np.ndarray:
        """What was recorded, shape ``(row, run, turn)``."""
        return self._records("trajectories", np.float32)

    @property
    def choices(self) -> np.ndarray:
        """What was chosen, shape ``(row, run, turn)``."""
        return self._records("choices", np.int8)

    @property
    def outcomes(self) -> np.ndarray:
        """The results of the array functions, shape ``(row, run)``."""
        at, rows = self.described["outcomes"]
        return self._read(at, (rows, self.image.runs), np.float64)

    def _set(self, constants: Mapping[int, float]) -> None:
        for at, number in constants.items():
            self._memory.write(self._store, np.float64(number).tobytes(), at)

    def _records(self, name: str, kind) -> np.ndarray:
        at, rows = self.described[name]
        return self._read(at, (rows, self.image.runs, self.described["turns"]), kind)

    def _read(self, at: int, shape: tuple[int, ...], kind) -> np.ndarray:
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        return np.frombuffer(self._memory.read(self._store, at, at + size), kind).reshape(shape)

    def _write(self, changes: bool) -> None:
        for region in self.image.regions.values():
            if region.content is not None and region.changes >= changes:
                self._memory.write(self._store, region.content, region.at)
