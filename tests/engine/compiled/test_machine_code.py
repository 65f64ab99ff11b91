"""The cache of machine code: code is compiled once, and damaged code is never run."""

import os
import tempfile

import pytest

from frozen_conflict_sim.engine import cache
from frozen_conflict_sim.engine.compiled.run.machine_code import MachineCode, is_cached, load_code


def test_code_is_compiled_once_and_damaged_code_is_compiled_again(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
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


def test_a_draft_does_where_there_is_nothing_better(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    source, told = "define void @d(ptr %x) {\n  ret void\n}\n", []
    draft = load_code(source, lambda: told.append("draft"), draft=True)
    assert not is_cached(source)
    assert is_cached(source, draft=True)
    optimised = load_code(source, lambda: told.append("optimised"))
    assert optimised is not draft
    assert load_code(source, lambda: told.append("again"), draft=True) is optimised
    assert told == ["draft", "optimised"]


def test_code_is_compiled_without_a_cache_folder(monkeypatch):
    monkeypatch.setattr(cache, "cache_folder", lambda: None)
    assert MachineCode("define void @f(ptr %x) {\n  ret void\n}\n").function("f", "p")(0) is None


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The temporary folder of a user without a home that can be written."""
    (tmp_path / "no_folder").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no_folder"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    cache.cache_folder.cache_clear()
    yield tmp_path / f"{cache.FOLDER}-{os.getuid()}"
    cache.cache_folder.cache_clear()


def test_a_folder_that_others_can_write_or_that_is_a_link_is_not_used(place, tmp_path):
    assert cache.cache_folder() == place
    cache.cache_folder.cache_clear()
    place.chmod(0o777)
    assert cache.cache_folder() is None
    cache.cache_folder.cache_clear()
    place.rmdir()
    (tmp_path / "theirs").mkdir(mode=0o700)
    place.symlink_to(tmp_path / "theirs")
    assert cache.cache_folder() is None


def test_a_file_that_others_can_write_or_that_is_a_link_is_not_read(place):
    source = "define void @g(ptr %x) {\n  ret void\n}\n"
    MachineCode(source)
    (file,) = place.iterdir()
    assert is_cached(source)
    file.chmod(0o666)
    assert not is_cached(source)
    file.chmod(0o600)
    file.rename(place / "elsewhere")
    file.symlink_to(place / "elsewhere")
    assert not is_cached(source)


def test_a_full_disk_collects_no_temporary_files(place, monkeypatch):
    def full(*names):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache.os, "replace", full)
    MachineCode("define void @h(ptr %x) {\n  ret void\n}\n")
    assert [*place.iterdir()] == []


def test_a_user_without_a_home_has_a_cache_nevertheless(place, monkeypatch):
    def nobody():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(cache.Path, "home", nobody)
    assert cache.cache_folder() == place


def test_what_was_not_used_for_longest_makes_room(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(cache, "MOST", 3 * (1000 + 16))
    for age, name in enumerate(("first", "second", "third")):
        cache.write(name, bytes(1000))
        os.utime(tmp_path / name, (age, age))
    assert cache.read("first") == bytes(1000)
    cache.write("fourth", bytes(1000))
    assert {path.name for path in tmp_path.iterdir()} == {"first", "third", "fourth"}
    cache.write("too large", bytes(4000))
    assert [*tmp_path.iterdir()] == []
