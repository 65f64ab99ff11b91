"""The architecture: imports run one way, modules are small, and starting the program loads little."""

import ast
import importlib
import importlib.util
import re
import statistics
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "frozen_conflict_sim"
MODULES = sorted(SRC.rglob("*.py"))

# Each may import those before it, and itself.
ORDER = (
    "references", "engine", "politics", "model", "files", "scenario", "live", "experiment", "editors", "results", "ensemble",
    "analysis", "record", "findings", "explain", "plots", "report", "explorer", "cli",
)  # fmt: skip


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


@cache
def graph():
    """The modules that each module imports anywhere in its file, unless for type checkers only; a package is its init file."""
    parts = {path: path.relative_to(SRC).with_suffix("").parts for path in MODULES}
    names = {path: ".".join(each[:-1] if each[-1] == "__init__" else each) for path, each in parts.items()}
    known = set(names.values())
    found = {}
    for path, name in names.items():
        tree = ast.parse(path.read_text("utf-8"))
        for_checkers = [
            node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        ]
        skipped = {inner for node in for_checkers for statement in node.body for inner in ast.walk(statement)}
        package, targets = ("frozen_conflict_sim", *parts[path][:-1]), set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level and node not in skipped:
                base = [*package[1 : len(package) - node.level + 1], *(node.module.split(".") if node.module else [])]
                whole = {".".join([*base, alias.name]) for alias in node.names}
                targets |= (whole & known) or {".".join(base)}
        found[name] = targets - {name, ""}
    return {name: targets for name, targets in found.items() if name not in ("", "__main__")}


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_what_is_imported_is_there(path):
    """Also what is imported only when a function is called."""
    package = ("frozen_conflict_sim", *path.relative_to(SRC).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            name = ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])])
            module = importlib.import_module(name)
            lacking = [one.name for one in node.names if not (hasattr(module, one.name) or _is_module(f"{name}.{one.name}"))]
            assert lacking == [], f"line {node.lineno}"


def _is_module(name):
    return importlib.util.find_spec(name) is not None


def in_circles(edges):
    """The nodes that can be reached from themselves."""
    reached = {node: set(targets) for node, targets in edges.items()}
    while True:
        wider = {node: targets.union(*(reached.get(target, set()) for target in targets)) for node, targets in reached.items()}
        if wider == reached:
            return sorted(node for node, targets in reached.items() if node in targets)
        reached = wider


def test_a_circle_is_found():
    assert in_circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == ["b", "c"]


def test_no_modules_import_each_other_in_a_circle():
    assert in_circles(graph()) == []


FOLDERS = ["", *sorted({place(path.parent) for path in MODULES} - {"."})]


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_in_a_folder_imports_each_other_in_a_circle(folder):
    """The files and folders in a folder, each folder taken as one."""
    inside = folder.replace("/", ".") + "." if folder else ""
    edges = {}
    for name, targets in graph().items():
        if name.startswith(inside) and name != inside.rstrip("."):
            child = name.removeprefix(inside).split(".")[0]
            others = {target.removeprefix(inside).split(".")[0] for target in targets if target.startswith(inside)}
            edges.setdefault(child, set()).update(others - {child})
    assert in_circles(edges) == []


def test_folders_are_small():
    """About a dozen files and folders; a file for each plot, and for each command, may be more."""
    counts = {folder: len([path for path in (SRC / folder).iterdir() if path.suffix == ".py"]) for folder in FOLDERS}
    assert {folder: count for folder, count in counts.items() if count > 14}.keys() <= {"plots", "cli/commands"}


NEUTRAL = ("files", "scenario", "live", "experiment", "results", "ensemble")


@pytest.mark.parametrize("path", [path for path in MODULES if place(path).split("/")[0].split(".")[0] in NEUTRAL], ids=place)
def test_no_quantity_of_politics_is_named_outside_of_it(path):
    """Facts, derived starting values and needed roles are flags on declarations; a docstring may show an example."""
    declared = importlib.import_module("frozen_conflict_sim.politics.catalogue").declared
    quantities = {name for name in declared.owners if "_" in name} | {weight for _, weight in declared.weights if "_" in weight}
    dotted = {f"{role.name}.{name}" for name, role in declared.owners.items()}
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None
    }
    strings = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    }
    assert strings & quantities == set()
    assert {name for name in dotted for text in strings if re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text)} == set()


def test_nothing_in_the_house_is_without_a_place():
    names = {path.relative_to(SRC).parts[0].removesuffix(".py") for path in MODULES}
    assert names <= {*ORDER, "__init__", "__main__"}


@pytest.mark.parametrize("path", [path for path in MODULES if place(path).startswith("politics/")], ids=place)
def test_rules_stand_in_modules_without_arrays_and_without_mesa(path):
    used = {name.split(".")[0] for name in imported(path)}
    if place(path).startswith(("politics/actors/", "politics/mechanisms/")):
        assert "numpy" not in used
    assert "mesa" not in used


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
