"""Compile the LLVM code of a program to a WebAssembly module, with the compiler that compiles it for this processor."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ..run.machine_code import cached_code
from .linker import linked

# What every current browser has: vectors of 128 bits, conversions that saturate, and the copying of memory.
TRIPLE, FEATURES = "wasm32-unknown-unknown", "+simd128,+nontrapping-fptoint,+bulk-memory,+sign-ext"
# Where constants of the code stand. Nothing stands at the address 0.
DATA_AT, DATA_END = 1 << 10, 1 << 18


def webassembly(sources: Sequence[str], exported: Collection[str]) -> bytes:
    """A WebAssembly module of the functions of some sources, kept in the cache of machine code.

    It imports ``env.memory``, of which it leaves free what follows ``DATA_END``, and ``env.table``; it exports the functions
    that are named. Raise ``LinkingError`` if the compiler made something that cannot be placed.
    """
    key = "\0".join([TRIPLE, FEATURES, *exported, *sources])
    return cached_code(key, lambda: _compiled(sources, exported))


def _compiled(sources: Sequence[str], exported: Collection[str]) -> bytes:
    import llvmlite.binding as llvm

    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(features=FEATURES, opt=2)
    whole = llvm.parse_assembly("")
    for source in sources:
        module = llvm.parse_assembly(source)
        module.verify()
        whole.link_in(module)
    whole.triple, whole.data_layout = TRIPLE, str(machine.target_data)
    for function in whole.functions:
        if not function.is_declaration and function.name not in exported:
            function.linkage = "internal"
    options = llvm.create_pipeline_tuning_options(speed_level=2)
    options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = False
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(whole, builder)
    return linked(machine.emit_object(whole), DATA_AT, DATA_END)


def renamed(source: str, suffix: str) -> str:
    """A source in which the names of all functions and constants that it defines end in ``suffix``."""
    defined = re.findall(r"^(?:define void )?@(\w+)(?=\(| = )", source, re.MULTILINE)
    own = re.compile(rf"@({'|'.join(map(re.escape, defined))})\b(?!\.)")
    return own.sub(lambda found: f"@{found[1]}{suffix}", source)
