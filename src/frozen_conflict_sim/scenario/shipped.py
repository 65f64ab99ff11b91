"""Finds scenarios and experiments: by path, or by the bare name of a shipped one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ..files.problems import InputError, Position, Problem, listed, nearest

AS_DATA = {"experiments": "run_experiment takes data as it is", "scenarios": "values go into with_values of a scenario"}
COMMANDS = {"experiments": "the command batch", "scenarios": "the command run"}
SUFFIXES = (".yaml", ".yml")
_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder(kind: str = "scenarios") -> Path:
    """The folder of the shipped files of a kind: beside the sources in a checkout, inside an installed package."""
    installed = _PACKAGE / "shipped" / kind
    return installed if os.path.isdir(installed) else _PACKAGE.parent.parent / kind


def shipped_names(kind: str = "scenarios") -> list[str]:
    """The bare names of all shipped files of a kind; none if their folder may not be read."""
    folder = shipped_folder(kind)
    if not os.path.isdir(folder):
        return []
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.yaml"))


def locate(
    name: str | os.PathLike[str],
    *,
    position: Position | None = None,
    key: str = "",
    beside: Path | None = None,
    kind: str = "scenarios",
) -> Path:
    """The file that a path or a bare name means; a relative path is looked up ``beside`` the file that names it."""
    if not isinstance(name, (str, os.PathLike)):
        hint = f"; {AS_DATA[kind]}" if isinstance(name, Mapping) else ""
        one = kind.removesuffix("s")
        raise TypeError(f"expected the path of a file or the name of a shipped {one}, found {name!r:.40}{hint}")
    name = os.fspath(name)
    given = Path(name).expanduser()
    path = given if beside is None else beside / given
    shipped = shipped_names(kind)
    if name in shipped:
        return shipped_folder(kind) / f"{name}.yaml"
    if _may_be_there(path) and not os.path.isdir(path):
        if position and os.path.exists(path) and not os.path.isfile(path):
            raise InputError([Problem(position, key, f"expected a file, found a device: {path}")])
        return path
    if path.suffix in SUFFIXES:
        instead = _instead(path, kind)
        problem = f"there is no file {path}{instead}" if not os.path.isdir(path) else f"{path} is a folder; name a file in it"
    elif os.path.isdir(path):
        problem = f"{path} is a folder; name a file in it, or one of {listed(shipped)}"
    else:
        own = path.with_name(f"{path.name}.yaml")
        hint = f"; did you mean {own}?" if os.path.exists(own) else _other_kind(name, kind) or nearest(name, shipped)
        hint = hint or _nearly_other_kind(name, kind) or f"; shipped are {listed(shipped)}; a file of your own ends in .yaml"
        problem = f"no {kind.removesuffix('s')} of the name {name!r} is shipped{hint}"
    raise InputError([Problem(position or Position(name or "''"), key, problem)])


def _other_kind(name: str, kind: str) -> str:
    """A hint if the name is that of an experiment where a scenario was expected, or the other way round."""
    for other, command in COMMANDS.items():
        if other != kind and name in shipped_names(other):
            return f": it is one of the {other}, which {command} plays"
    return ""


def _nearly_other_kind(name: str, kind: str) -> str:
    """A hint if the name is almost that of an experiment where a scenario was expected, or the other way round."""
    found = {other: nearest(name, shipped_names(other)) for other in COMMANDS if other != kind}
    return next(
        (f"{hint} That is one of the {other}, which {COMMANDS[other]} plays" for other, hint in found.items() if hint), ""
    )


def _may_be_there(path: Path) -> bool:
    """Whether the file exists, or is in a folder that may not be read: then opening it reports that."""
    try:
        return path.exists()
    except OSError:
        return True


def _instead(path: Path, kind: str) -> str:
    names = {Path(name).name: name for name in shipped_names(kind)}
    if path.stem in names:
        return f"; the shipped {kind.removesuffix('s')} is called {names[path.stem]!r}, without .yaml"
    readable = os.access(path.parent, os.R_OK) and path.parent.is_dir()
    neighbours = [file.name for file in path.parent.iterdir() if file.suffix in SUFFIXES] if readable else []
    return nearest(path.name, neighbours)
