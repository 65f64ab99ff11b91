"""Compile LLVM code, and cache machine code on disk under a hash of the source, the processor and the compiler.

The source contains everything that was traced: an edited rule has another hash, and old code for it is never run. Code is
drafted, in a quarter of the time, or optimised, which plays in two thirds of it; both give the same numbers to the last bit.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache, lru_cache

from ...cache import cached, named_by, read


class MachineCode:
    """The compiled functions of a module. They live as long as this object or a function from it."""

    def __init__(self, source: str, compiling: Callable[[], None] = lambda: None, draft: bool = False):
        import llvmlite.binding as llvm

        target = _target(draft)

        def compiled() -> bytes:
            compiling()
            return _compile(llvm, target, source, draft)

        code = cached_code(_key(source, draft), compiled)
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target)
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        self._engine.finalize_object()

    def function(self, name: str, arguments: str) -> Callable:
        """A compiled function; ``arguments`` has a ``p`` for each pointer and an ``i`` for each integer."""
        kinds = {"p": ctypes.c_void_p, "i": ctypes.c_int64}
        found = ctypes.CFUNCTYPE(None, *(kinds[letter] for letter in arguments))(self.address(name))
        found.code = self  # keeps the code alive
        return found

    def address(self, name: str) -> int:
        """The address of a compiled function."""
        return self._engine.get_function_address(name)


_LOADED: dict[str, MachineCode] = {}  # by key; never let go of, as pointers to its functions lie in memory


def _key(source: str, draft: bool) -> str:
    """What the code of a source is known by in the cache."""
    return source + "\0draft" if draft else source


def _target(draft: bool = False):
    """The target of this processor. Each compilation and each engine needs a target of its own."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    processor, features = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()
    return llvm.Target.from_default_triple().create_target_machine(cpu=processor, features=features, opt=0 if draft else 2)


@cache
def _target_key() -> tuple[str, ...]:
    """The processor and the versions of the compiler, part of the key of the cache."""
    import llvmlite
    import llvmlite.binding as llvm

    version = ".".join(map(str, llvm.llvm_version_info))
    features = llvm.get_host_cpu_features().flatten()
    return llvm.get_default_triple(), llvm.get_host_cpu_name(), features, llvmlite.__version__, version


@lru_cache(maxsize=64)
def _cache_file(source: str) -> str:
    """The name of the cache file of a source on this processor, with this compiler."""
    return f"{named_by(source, *_target_key())}.o"


def _compile(llvm, target, source: str, draft: bool) -> bytes:
    module = llvm.parse_assembly(source)
    module.verify()
    if not draft:
        options = llvm.create_pipeline_tuning_options(speed_level=2)
        options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = False
        builder = llvm.create_pass_builder(target, options)
        builder.getModulePassManager().run(module, builder)
    return target.emit_object(module)


def cached_code(key: str, compiled: Callable[[], bytes]) -> bytes:
    """What ``compiled`` makes, from the cache if it was made of the same ``key`` with this compiler before."""
    return cached(_cache_file(key), compiled)


def is_cached(source: str, draft: bool = False) -> bool:
    """Whether the code of a source, or if ``draft`` at least a draft, is compiled, in this process or in the cache."""
    keys = [_key(source, kind) for kind in {False, draft}]
    return any(key in _LOADED or read(_cache_file(key)) is not None for key in keys)


def load_code(source: str, compiling: Callable[[], None] = lambda: None, draft: bool = False) -> MachineCode:
    """Load the compiled functions of a source; call ``compiling`` first if they must be compiled.

    A ``draft`` is enough where the code will play little; code that is optimised already is better than a draft.
    """
    draft = draft and not is_cached(source)
    key = _key(source, draft)
    if key not in _LOADED:
        _LOADED[key] = MachineCode(source, compiling, draft)
    return _LOADED[key]
