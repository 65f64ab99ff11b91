"""The architecture: imports run one way, modules are small, and starting the program loads little."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "frozen_conflict_sim"
MODULES = sorted(SRC.rglob("*.py"))

# Each may import those before it, and itself.
ORDER = (
    "references", "engine", "politics", "model", "files", "scenario", "experiment", "results", "ensemble",
    "analysis", "record", "findings", "explain", "plots", "report", "explorer", "cli",
)  # fmt: skip

MAY_USE_MESA = {"model/model.py", "model/agents.py"}


def place(path):
    """Where a module stands: ``engine/numerics.py``."""
    return path.relative_to(SRC).as_posix()


def imported(path):
    """Every module that a file imports, wherever in the file; our own as ``.politics.roles``, others by their name."""
    package = ("frozen_conflict_sim", *path.relative_to(SRC).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1]] if node.level else []
            base += (node.module or "").split(".") if node.module else []
            found = (
                [".".join([*base, alias.name]) for alias in node.names] if base == ["frozen_conflict_sim"] else [".".join(base)]
            )
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module":
            found = [argument.value for argument in node.args[:1] if isinstance(argument, ast.Constant)]
        else:
            continue
        for name in found:
            yield name.removeprefix("frozen_conflict_sim") if name.startswith("frozen_conflict_sim.") else name


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_run_one_way(path):
    layer = path.relative_to(SRC).parts[0].removesuffix(".py")
    if layer in ("__init__", "__main__"):
        return
    for name in imported(path):
        if name.startswith(".") and name != ".__version__":
            target = name.split(".")[1]
            assert target in ORDER, f"{place(path)} imports {name}, which has no place in the order"
            assert ORDER.index(target) <= ORDER.index(layer), f"{place(path)} imports {name}: upward"


def test_nothing_in_the_house_is_without_a_place():
    names = {path.relative_to(SRC).parts[0].removesuffix(".py") for path in MODULES}
    assert names <= {*ORDER, "__init__", "__main__"}


@pytest.mark.parametrize("path", [path for path in MODULES if place(path).startswith("politics/")], ids=place)
def test_rules_stand_in_modules_without_arrays_and_without_mesa(path):
    used = {name.split(".")[0] for name in imported(path)}
    if place(path).startswith(("politics/actors/", "politics/mechanisms/")):
        assert "numpy" not in used
    assert "mesa" not in used or place(path) in MAY_USE_MESA


def test_modules_are_small():
    lengths = {place(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > 300} == {}
    assert statistics.median(lengths.values()) < 130


def loaded_by(code):
    """The top-level modules that are loaded after a piece of code ran in a fresh interpreter."""
    code += "\nimport sys\nprint(*sorted({name.split('.')[0] for name in sys.modules}))"
    return set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split("\n")[-2].split()
    )


HEAVY = {"numpy", "pandas", "mesa", "matplotlib", "xarray", "pyarrow", "scipy", "networkx", "numba", "pydantic"}


@pytest.mark.parametrize(
    ("code", "may_load"),
    [
        ("import frozen_conflict_sim", set()),
        ("from frozen_conflict_sim.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass", set()),
        ("import frozen_conflict_sim.politics.catalogue", {"numpy"}),
        ("import frozen_conflict_sim.scenario", {"numpy"}),
    ],
    ids=["import", "help", "politics", "scenario"],
)
def test_starting_is_quick_because_little_is_loaded(code, may_load):
    assert loaded_by(code) & HEAVY <= may_load
