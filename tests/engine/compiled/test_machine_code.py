"""The cache of machine code: code is compiled once, and damaged code is never run."""

from frozen_conflict_sim.engine.compiled.run import machine_code
from frozen_conflict_sim.engine.compiled.run.machine_code import MachineCode, is_cached


def test_code_is_compiled_once_and_damaged_code_is_compiled_again(tmp_path, monkeypatch):
    monkeypatch.setattr(machine_code, "cache_folder", lambda: tmp_path)
    source, told = "define void @f(ptr %x) {\n  ret void\n}\n", []
    assert not is_cached(source)
    for _ in range(2):
        MachineCode(source, lambda: told.append(1))
    assert len(told) == 1
    assert is_cached(source)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    assert not is_cached(source)
    MachineCode(source, lambda: told.append(1))
    assert len(told) == 2


def test_code_is_compiled_without_a_cache_folder(monkeypatch):
    monkeypatch.setattr(machine_code, "cache_folder", lambda: None)
    assert MachineCode("define void @f(ptr %x) {\n  ret void\n}\n").function("f", "p")(0) is None
