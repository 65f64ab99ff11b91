"""Where scenarios are found: by path, or by the bare name of a shipped one."""

from __future__ import annotations

from pathlib import Path

from .problems import Mark, Problem, ScenarioError, listed, nearest

SUFFIXES = (".yaml", ".yml")
_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder(kind: str = "scenarios") -> Path:
    """The folder of the shipped scenarios: beside the sources in a checkout, inside an installed package."""
    installed = _PACKAGE / "shipped" / kind
    return installed if installed.is_dir() else _PACKAGE.parent.parent / kind


def shipped_names() -> list[str]:
    """The bare names of all shipped scenarios."""
    folder = shipped_folder()
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.yaml"))


def locate(name: str, *, mark: Mark | None = None, key: str = "", beside: Path | None = None) -> Path:
    """The file that a path or a bare name means; a relative path is looked up ``beside`` the file that names it."""
    given = Path(name).expanduser()
    path = given if beside is None else beside / given
    if path.suffix in SUFFIXES or (path.is_file() and name not in shipped_names()):
        if not path.exists():
            raise ScenarioError([Problem(mark or Mark(name), key, f"there is no file {path}{_instead(path)}")])
        return path
    if name in shipped_names():
        return shipped_folder() / f"{name}.yaml"
    if path.is_dir():
        raise ScenarioError([Problem(mark or Mark(name), key, f"{path} is a folder; name a file in it")])
    beside_it = path.with_name(f"{path.name}.yaml")
    hint = f"; did you mean {beside_it}?" if beside_it.exists() else nearest(name, shipped_names())
    hint = hint or f"; shipped are {listed(shipped_names())}; a file of your own ends in .yaml"
    raise ScenarioError([Problem(mark or Mark(name), key, f"no scenario of the name {name!r} is shipped{hint}")])


def _instead(path: Path) -> str:
    if path.stem in (names := {Path(name).name: name for name in shipped_names()}):
        return f"; the shipped scenario is called {names[path.stem]!r}, without .yaml"
    neighbours = [f.name for f in path.parent.iterdir() if f.suffix in SUFFIXES] if path.parent.is_dir() else []
    return nearest(path.name, neighbours)
