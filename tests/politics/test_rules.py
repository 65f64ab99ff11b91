"""The rules of the politics: each is a sentence over few names with an example, and every name that is declared is read."""

import ast
import inspect
import textwrap
from pathlib import Path

import frozen_conflict_sim
from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES
from frozen_conflict_sim.engine.declare.derived import Vote
from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.engine.declare.population import NEIGHBOURS, Population
from frozen_conflict_sim.politics import roles
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.outcomes import OUTCOMES
from frozen_conflict_sim.politics.outcomes.classes import classify
from frozen_conflict_sim.scenario import load_scenario
from frozen_conflict_sim.scenario.shipped import shipped_names

SRC = Path(frozen_conflict_sim.__file__).parent
POPULATIONS = [role for role in declared.roles.values() if isinstance(role, Population)]
RULES = [
    *declared.rules(),
    *((kind, role, rule) for role in POPULATIONS for kind, rule in role.residents.rules()),
]
MAY_HAVE_MORE_INPUTS: dict[str, int] = {}
MOST_INPUTS = 7


def test_there_are_rules_of_every_kind():
    assert {kind for kind, _, _ in RULES} == {
        "derived quantity", "hazard", "fixed value", "contribution", "ending", "condition", "incentive",
        "value at birth", "candidate", "appeal",
    }  # fmt: skip


def test_a_rule_reads_few_names():
    crowded = {rule.name: len(rule.reads) for _, _, rule in RULES if len(rule.reads) > MOST_INPUTS}
    assert crowded == MAY_HAVE_MORE_INPUTS


def test_every_rule_claims_something_in_one_sentence():
    for kind, _, rule in RULES:
        assert rule.sentence.endswith("."), rule.name
        assert 10 < len(rule.sentence) < 160, f"{kind} {rule.name}: {rule.sentence}"


def test_every_rule_but_a_condition_has_an_example():
    without = [rule.name for kind, _, rule in RULES if kind != "condition" and ">>>" not in (rule.function.__doc__ or "")]
    assert without == []


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


def test_rules_are_written_in_the_functions_of_the_engine():
    functions: set = set()
    for _, _, rule in RULES:
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


YES_OR_NO = 0.5
CONVERSIONS = {1e6, 1000.0}
UNIT_OF_YES_OR_NO = {"0 or 1", "yes or no"}
NAMED_NUMBERS = {"NEGLIGIBLE", "FARTHEST", *(name for name in vars(roles) if isinstance(getattr(roles, name), int))}


def yes_or_no(expression):
    """Whether an expression is a name of the model that is 1 or 0: something that happened, was chosen or is the case."""
    return isinstance(expression, ast.Name) and is_yes_or_no(expression.id)


def is_yes_or_no(name):
    """Whether a name of the model is 1 or 0."""
    one = declared.quantities.get(name) or declared.derived.get(name)
    one = one or next((role.residents.traits[name] for role in POPULATIONS if name in role.residents.traits), None)
    happened = declared.acts.keys() | declared.hazards.keys() | declared.fixed_values.keys()
    counted = declared.aggregates.get(name)
    return name in happened or bool(counted and is_yes_or_no(counted.of)) or getattr(one, "unit", "") in UNIT_OF_YES_OR_NO


def literals(function, yes=lambda compared: True):
    """Every number in the function that no declaration gives; one half may be compared with what ``yes`` says is yes or no."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    body = [node for statement in tree.body for node in ast.walk(statement)]
    compared = {node.comparators[0]: node.left for node in body if isinstance(node, ast.Compare)}
    for node in body:
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            free = node.value in {0, 1} | CONVERSIONS or (node.value == YES_OR_NO and node in compared and yes(compared[node]))
        elif isinstance(node, ast.Name) and type(function.__globals__.get(node.id)) in (int, float):
            free = node.id in NAMED_NUMBERS
        else:
            continue
        if not free:
            yield ast.unparse(node)


def test_every_number_of_a_rule_is_declared():
    found = {}
    for _, _, rule in RULES:
        functions: set = set()
        helpers(rule.function, functions)
        for function in functions:
            found[f"{function.__module__}.{function.__name__}"] = list(literals(function, yes_or_no))
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_every_number_of_an_outcome_is_declared():
    functions: set = set()
    for function in (classify, *(outcome.rule.function for outcome in OUTCOMES.values())):
        helpers(function, functions)
    found = {function.__name__: list(literals(function)) for function in functions}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


WRITES = {"changes", "resident_changes", "aggregates", "noise", "delayed", "utility_of", "observes"}


def strings_read(path):
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


def names_read():
    """Every name that something reads: a rule, an aggregate, a delay, a procedure, the engine."""
    read = {name for _, _, rule in RULES for name in rule.reads}
    read |= {name.removeprefix(NEIGHBOURS) for name in read}
    read |= {aggregate.of for aggregate in declared.aggregates.values()}
    read |= {name for pair in declared.delays.values() for name in pair if isinstance(name, str)}
    outcomes = {name for outcome in OUTCOMES.values() for name in outcome.rule.reads}
    for observed in (observed for role in POPULATIONS for observed in role.residents.observed):
        read |= {observed.of, *outcomes & {observed.name}}
    read |= {name for rule in CHOICE_RULES.values() for name in rule.reads}
    votes = [value.determined_by for value in declared.fixed_values.values() if isinstance(value.determined_by, Vote)]
    read |= {name for vote in votes for name in (vote.when, vote.otherwise, vote.voters)}
    # A fixed value may serve outcomes only, and so may a parameter that says what an outcome is.
    states = {name for name, quantity in declared.quantities.items() if getattr(quantity, "state", False)}
    serving = declared.fixed_values.keys() | declared.quantities.keys() - states
    read |= serving & outcomes
    read |= {f"{role}_types" for role, _ in declared.weights}
    read |= {name for name, quantity in declared.quantities.items() if getattr(quantity, "open_to", "") == "policies"}
    read |= {quantity.follows for quantity in declared.quantities.values() if getattr(quantity, "follows", "")}
    for folder in ("politics", "model", "engine", "record"):
        for path in (SRC / folder).rglob("*.py"):
            read |= strings_read(path)
    return read


def test_every_declared_name_is_read():
    read = names_read()
    assert sorted(name for name in declared.owners if name not in read) == []


def test_every_state_can_change():
    changed = {contribution.to for contribution in declared.contributions}
    changed |= {observed.name for role in POPULATIONS for observed in role.residents.observed}
    states = {name for name, quantity in declared.quantities.items() if isinstance(quantity, Quantity) and quantity.state}
    events = [event for name in shipped_names() for event in load_scenario(name).events]
    assert sorted(states - changed - {address[2] for event in events for address in event.shock}) == []
