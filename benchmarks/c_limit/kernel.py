"""The residents of some runs in C: compile the source, lay out the memory, run the update."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import numpy as np

from .c_source import Source

LANES = 16
FAST = ("-O3", "-march=native", "-mprefer-vector-width=512", "-fopenmp-simd", "-fno-math-errno")
EXACT = (*FAST, "-ffp-contract=off")


def compiler() -> str | None:
    """The path of a C compiler, or ``None``."""
    return next((found for found in map(shutil.which, ("cc", "gcc", "clang")) if found), None)


class Population:
    """Residents in C: ``columns`` are runs, in blocks of ``LANES`` that share a network.

    ``traits`` maps each trait to an array ``(resident, run)``, ``around`` each surrounding to one number a run, and
    ``networks`` holds ``(resident, tie)`` for each block. ``folder`` takes the source and what is compiled from it.
    """

    def __init__(self, traits: dict, around: dict, networks: list, folder: Path, flags=FAST):
        residents, runs = next(iter(traits.values())).shape
        self.source = Source(networks[0].shape[1])
        self.blocks, self.residents, self.runs = runs // LANES, residents, runs
        self.function = compiled(self.source.text, folder, flags)
        self.traits = _blocks([traits[name] for name in self.source.traits], self.blocks)
        self.around = _blocks([around[name][None] for name in self.source.around], self.blocks)
        self.said = aligned((residents, len(self.source.said), LANES))
        self.seen = aligned((self.blocks, len(self.source.seen), LANES))
        self.networks = [np.ascontiguousarray(network, np.uint32) for network in networks]
        self.ties = (ctypes.c_void_p * self.blocks)(*(network.ctypes.data for network in self.networks))

    def live(self, turns: int = 1) -> None:
        """Update the residents for some turns in constant surroundings."""
        places = [array.ctypes.data for array in (self.traits, self.around)]
        self.function(*places, self.ties, self.said.ctypes.data, self.seen.ctypes.data, self.blocks, self.residents, turns)

    def trait(self, name: str) -> np.ndarray:
        """A trait as an array ``(resident, run)``."""
        part = self.traits[:, self.source.traits.index(name)]
        return part.transpose(1, 0, 2).reshape(self.residents, self.runs)


def compiled(text: str, folder: Path, flags=FAST):
    """The function ``live`` of a source."""
    source, library = folder / "residents.c", folder / "residents.so"
    source.write_text(text, "utf-8")
    command = [compiler(), *flags, "-std=gnu11", "-shared", "-fPIC", "-o", str(library), str(source), "-lm"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    function = ctypes.CDLL(str(library)).live
    function.argtypes = [ctypes.c_void_p] * 5 + [ctypes.c_size_t] * 3
    function.restype = None
    return function


def aligned(shape: tuple[int, ...]) -> np.ndarray:
    """An array of single precision that starts at a cache line."""
    size = int(np.prod(shape)) * 4
    memory = np.zeros(size + 64, np.uint8)
    start = -memory.ctypes.data % 64
    return memory[start : start + size].view(np.float32).reshape(shape)


def _blocks(parts: list[np.ndarray], blocks: int) -> np.ndarray:
    """Arrays ``(resident, run)`` as one array ``(block, part, resident, run)``."""
    stacked = np.stack(parts)
    placed = aligned((blocks, *stacked.shape[:2], LANES))
    placed[:] = stacked.reshape(*stacked.shape[:2], blocks, LANES).transpose(2, 0, 1, 3)
    return placed
