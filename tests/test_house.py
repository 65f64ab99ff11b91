"""The house stays as it was drawn: imports run one way, a rule is a sentence over few names, what is declared is used."""

import ast
import importlib
import inspect
import statistics
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES
from frozen_conflict_sim.engine.declare.derived import Vote
from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.engine.declare.population import CANDIDATE, Population
from frozen_conflict_sim.politics.outcomes import OUTCOMES
from frozen_conflict_sim.scenario import load_scenario
from frozen_conflict_sim.scenario.shipped import shipped_names

SRC = Path(__file__).parents[1] / "src" / "frozen_conflict_sim"
MODULES = sorted(SRC.rglob("*.py"))

# Each may import those before it, and itself.
ORDER = (
    "references", "engine", "politics", "model", "files", "scenario", "experiment", "results", "ensemble",
    "analysis", "record", "findings", "explain", "plots", "report", "explorer", "cli",
)  # fmt: skip

MAY_USE_MESA = {"model/model.py", "model/agents.py"}
MAY_HAVE_MORE_INPUTS: dict[str, int] = {}
MOST_INPUTS = 7


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


@pytest.fixture(scope="module")
def declared():
    return importlib.import_module("frozen_conflict_sim.politics.catalogue").declared


def crowds(declared):
    """The roles that are made of many residents."""
    return [role for role in declared.roles.values() if isinstance(role, Population)]


def resident_rules(declared):
    """The rules of single residents, with the role they belong to."""
    for role in crowds(declared):
        for rule in role.residents.derived.values():
            yield "derived quantity", role, rule
        for _, _, rule in role.residents.changes:
            yield "contribution", role, rule
        for rule in role.residents.at_birth.values():
            yield "beginning", role, rule
        for rule in role.residents.candidates.values():
            yield "candidate", role, rule
        for rule in role.residents.appeals:
            yield "appeal", role, rule


def all_rules(declared):
    return [*declared.rules(), *resident_rules(declared)]


def test_there_are_rules_to_look_at(declared):
    assert {kind for kind, _, _ in all_rules(declared)} == {
        "derived quantity", "hazard", "fixed value", "contribution", "ending", "condition", "incentive",
        "beginning", "candidate", "appeal",
    }  # fmt: skip
    assert len(list(resident_rules(declared))) > 5


def test_a_rule_sees_few_things(declared):
    crowded = {rule.name: len(rule.reads) for _, _, rule in all_rules(declared) if len(rule.reads) > MOST_INPUTS}
    assert crowded == MAY_HAVE_MORE_INPUTS


def test_every_rule_says_what_it_claims_in_a_sentence(declared):
    for kind, _, rule in all_rules(declared):
        assert rule.sentence.endswith("."), rule.name
        assert 10 < len(rule.sentence) < 160, f"{kind} {rule.name}: {rule.sentence}"


def test_every_rule_but_a_condition_shows_an_example(declared):
    bare = [
        rule.name for kind, _, rule in all_rules(declared) if kind != "condition" and ">>>" not in (rule.function.__doc__ or "")
    ]
    assert bare == []


FOR_NUMBERS_ONLY = (ast.If, ast.IfExp, ast.BoolOp, ast.Not, ast.Pow, ast.MatMult, ast.While)
BUILTINS_FOR_RULES = {"abs", "zip", "len", "range", "enumerate"}


def helpers(function, seen):
    """The function and every function of politics that it calls."""
    if function in seen:
        return
    seen.add(function)
    for name in function.__code__.co_names:
        found = function.__globals__.get(name)
        if inspect.isfunction(found) and ".politics." in found.__module__:
            helpers(found, seen)


def test_rules_are_written_in_the_engines_words(declared):
    functions: set = set()
    for _, _, rule in all_rules(declared):
        helpers(rule.function, functions)
    for function in functions:
        where = f"{function.__module__}.{function.__name__}"
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        for node in ast.walk(tree):
            assert not isinstance(node, FOR_NUMBERS_ONLY), f"{where} holds for one number only: {ast.unparse(node)[:60]}"
            assert not (isinstance(node, ast.Compare) and len(node.ops) > 1), f"{where}: {ast.unparse(node)}"
        codes = [function.__code__, *(constant for constant in function.__code__.co_consts if inspect.iscode(constant))]
        for name in {name for code in codes for name in code.co_names}:
            found = function.__globals__.get(name)
            if found is None:
                assert not hasattr(__builtins__, name) or name in BUILTINS_FOR_RULES, f"{where} uses {name}"
                continue
            origin = getattr(found, "__module__", None) or getattr(found, "__name__", "")
            assert str(origin).split(".")[0] not in ("numpy", "math"), f"{where} calls {name}"


def traits_of(declared):
    """What rules of residents may read besides what the territory sees."""
    residents = [role.residents for role in crowds(declared)]
    own = {name for crowd in residents for name in (*crowd.traits, *crowd.derived, *crowd.candidates)}
    return own | {"neighbours_" + name for name in own} | {CANDIDATE}


def weights_seen(declared):
    return {f"weight_of_{name}" for _, name in declared.weights}


def test_every_name_that_a_rule_reads_is_declared(declared):
    seen = {*declared.owners, *weights_seen(declared)}
    for _, _, rule in declared.rules():
        assert set(rule.reads) <= seen, rule.name
    for _, _, rule in resident_rules(declared):
        assert set(rule.reads) <= seen | traits_of(declared), rule.name
    assert {gathered.of for gathered in declared.aggregates.values()} <= seen
    assert {name for pair in declared.delays.values() for name in pair if isinstance(name, str)} <= seen


WRITES = {"changes", "resident_changes", "aggregates", "noise", "delayed", "worth_of", "observes"}


def spoken(path):
    """The names that a module of procedures reads: its strings, except those under which something is declared or changed."""
    tree = ast.parse(path.read_text("utf-8"))
    written = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in WRITES:
            written |= {id(argument) for argument in node.args[:1]}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            written.add(id(node.value))
        if isinstance(node, ast.keyword) and node.arg in ("act", "phase", "by", "unit", "gives"):
            written |= {id(inner) for inner in ast.walk(node.value)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in written
    }


def names_read(declared):
    """Every name that something reads: a rule, something gathered or delayed, a procedure, the engine."""
    read = {name for _, _, rule in all_rules(declared) for name in rule.reads}
    read |= {name.removeprefix("neighbours_") for name in read}
    read |= {gathered.of for gathered in declared.aggregates.values()}
    read |= {name for pair in declared.delays.values() for name in pair if isinstance(name, str)}
    outcomes = {name for outcome in OUTCOMES.values() for name in outcome.rule.reads}
    for observed in (observed for role in crowds(declared) for observed in role.residents.observed):
        read |= {observed.of, *outcomes & {observed.name}}
    read |= {name for rule in CHOICE_RULES.values() for name in rule.reads}
    votes = [found.determined_by for found in declared.fixed_values.values() if isinstance(found.determined_by, Vote)]
    read |= {name for vote in votes for name in (vote.when, vote.otherwise, vote.voters)}
    # What is found out may be meant for the record only.
    read |= {name for outcome in OUTCOMES.values() for name in outcome.rule.reads if name in declared.fixed_values}
    read |= {f"{role}_types" for role, _ in declared.weights}
    read |= {name for name, quantity in declared.quantities.items() if getattr(quantity, "open_to", "") == "policies"}
    for path in MODULES:
        if place(path).startswith(("politics/", "model/", "engine/")):
            read |= spoken(path)
    return read


def test_every_declared_name_is_read(declared):
    read = names_read(declared)
    assert sorted(name for name in declared.owners if name not in read) == []


def test_every_weight_weighs_something(declared):
    used = {
        (decision.role.name, incentive.weight)
        for decision in declared.decisions.values()
        for option in decision.options
        for incentive in option.incentives
    }
    assert sorted(set(declared.weights) - used) == []
    assert sorted(key for key in used - set(declared.weights) if key[1]) == []


def test_a_cause_is_named_once_for_each_thing_it_changes(declared):
    causes = [(contribution.to, contribution.rule.name) for contribution in declared.contributions]
    assert sorted({cause for cause in causes if causes.count(cause) > 1}) == []


def test_every_contribution_changes_a_state_and_every_state_can_change(declared):
    changed = {contribution.to for contribution in declared.contributions}
    changed |= {observed.name for role in crowds(declared) for observed in role.residents.observed}
    states = {name for name, quantity in declared.quantities.items() if isinstance(quantity, Quantity) and quantity.state}
    assert sorted(changed - states) == []
    events = [event for name in shipped_names() for event in load_scenario(name).events]
    assert sorted(states - changed - {address[2] for event in events for address in event.shock}) == []


def test_every_decision_can_be_declined_and_every_other_option_has_a_reason(declared):
    for decision in declared.decisions.values():
        first, *others = decision.options
        assert first.nothing, decision.name
        assert not first.incentives, decision.name
        assert others, decision.name
        for option in others:
            assert option.incentives, option.address


def test_nobody_decides_on_what_is_private_to_another(declared):
    private = {name for name, quantity in declared.quantities.items() if getattr(quantity, "private", False)}
    assert private
    behind = declared.computed_from()

    def seen_through(names):
        reached, fresh = set(), set(names)
        while fresh:
            reached |= fresh
            fresh = {name for known in fresh for name in behind.get(known, ())} - reached
        return reached

    for kind, role, rule in declared.rules():
        if kind in ("incentive", "condition"):
            hidden = {name for name in seen_through(rule.reads) & private if declared.owners[name].level != role.level}
            assert not hidden, f"{role.name} sees {hidden} in {rule.name}"


def test_quantities_say_what_they_are(declared):
    for name, quantity in [*declared.quantities.items(), *((name, weight) for (_, name), weight in declared.weights.items())]:
        assert quantity.meaning.endswith((".", "?")), name
        if isinstance(quantity, Quantity):
            assert quantity.unit, name
            assert quantity.low < quantity.high, name
