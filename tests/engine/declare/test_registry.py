"""Declarations are checked and sealed: each mistake is an error with file, line, name and the nearest word that is known."""

import importlib
import math
import re
import sys

import pytest

from frozen_conflict_sim.engine import cache
from frozen_conflict_sim.engine.declare.faults import DeclarationError
from frozen_conflict_sim.engine.declare.parameter import category, quantity, state
from frozen_conflict_sim.engine.declare.population import Population
from frozen_conflict_sim.engine.declare.registry import Declarations
from frozen_conflict_sim.engine.declare.role import Role
from frozen_conflict_sim.engine.declare.trial import passed
from frozen_conflict_sim.engine.declare.trial.rules import faults_in


def toy():
    """A crown that may march on lands, whose people like or dislike it; nothing is wrong with it."""
    declared = Declarations()
    crown = Role(declared, "crown", "The crown.", section="crown")
    land = Role(declared, "land", "A land.", section="lands.{}")
    people = Population(declared, "people", "The people of a land.", level="land", section="lands.{}.people")
    hamlet = Role(declared, "hamlet", "A part of the people.", section="lands.{}.hamlets.{}", inside=("land",))
    crown.declares(
        mood=state(0.5, 0, 1, "index", "The mood."),
        rule=category("old", ("old", "new"), "Which rule."),
        secret=quantity(0.5, 0, 1, "index", "What only lands know."),
    )
    land.declares(
        unrest=state(0.1, 0, 1, "index", "The unrest."),
        plot=quantity(0.1, 0, 1, "index", "What the land plots.", private=True),
        count=quantity(50, 1, 100, "people", "How many there are."),
        ties=quantity(4, 1, 9, "people", "Whom each listens to."),
        rewired=quantity(0.1, 0, 1, "share", "Ties that lead anywhere."),
        polls=quantity(0.0, 0, 1, "0 or 1", "Whether there is a vote."),
        heir=quantity(0.0, 0, 9, "number", "Who rules without a vote."),
    )
    hamlet.declares(share=quantity(1.0, 0, 1, "share", "Its share."))
    people.traits(
        view=state(0.5, 0, 1, "index", "What one thinks."), of_age=quantity(1.0, 0, 1, "0 or 1", "Whether one may vote.")
    )
    people.composed_of(count="count", ties="ties", rewired="rewired", parts=hamlet, shares="share")
    people.draws(dice="dice")
    people.observes("view", mean_view=state(0.5, 0, 1, "index", "The mean view."))
    people.at_start(view="first_view")
    people.votes("winner", "Who wins.", phase="polls", among="hamlet", when="polls", otherwise="heir", voters="of_age")
    land.aggregates("all_share", of="share", how="sum", meaning="All shares.")
    crown.delayed("old_mood", of="mood", turns=2)

    @people.resident_derived
    def first_view(view, neighbours_view, dice):
        """What one thinks at first."""
        return view

    @people.resident_changes("view", phase="talk")
    def persuasion(view, neighbours_view, unrest):
        """One is pulled toward one's neighbours."""
        return neighbours_view - view

    @land.derived("index")
    def trouble(unrest, mood):
        """Unrest under a bad mood is trouble."""
        return unrest * mood

    @land.changes("unrest", phase="world")
    def heat(trouble):
        """Trouble heats up."""
        return trouble

    @crown.hazard(phase="world")
    def plague(mood):
        """Now and then there is a plague."""
        return 0.1

    campaign = crown.decides("campaign", "about a campaign", phase="crown", about=land)
    campaign.nothing("wait", "Wait.")
    march = campaign.option("march", "March.", act="marched")

    @march.open_when
    def at_peace(unrest):
        """Nobody is marching yet."""
        return unrest < 0.5

    @march.incentive(weight=quantity(1.0, 0, 9, "utility", "What glory is worth."))
    def glory(mood):
        """A march brings glory."""
        return mood

    @march.incentive(weight="glory")
    def fame(weight_of_glory):
        """It brings fame too."""
        return weight_of_glory

    crown.utility_of("march_pays", march, without=("fame",), meaning="Whether a march pays.")
    return declared


def march_of(declared):
    return declared.decisions["crown.campaign"].options[1]


def test_what_is_right_is_sealed_without_a_word():
    declared = toy()
    assert list(declared.faults()) == []
    declared.seal()
    assert declared.sealed


def reading(**reads):
    """A function that reads some names; the first key is its own name."""
    (name, arguments), *_ = reads.items()
    space: dict = {}
    exec(f"def {name}({', '.join(arguments)}):\n    '''It reads.'''\n    return 0.0", space)
    return space[name]


def role(name):
    return lambda declared: declared.roles[name]


CROWN, LAND, PEOPLE = role("crown"), role("land"), role("people")


def weighed(**more):
    return quantity(1.0, 0, 9, "utility", "What it is worth.", **more)


# What is added to the toy, and what the error says.
MISTAKES = {
    "derived quantity": (
        lambda d: LAND(d).derived("index")(reading(bother=["unrset"])),
        "bother reads 'unrset', which nothing declares; did you mean 'unrest'?",
    ),
    "trait outside the people": (lambda d: LAND(d).derived("index")(reading(bother=["view"])), "bother reads 'view'"),
    "hazard": (lambda d: LAND(d).hazard(phase="world")(reading(flood=["moood"])), "flood reads 'moood'.* mean 'mood'"),
    "fixed value": (lambda d: LAND(d).fixed_within_turn(phase="w")(reading(tally=["moood"])), "tally reads 'moood'"),
    "condition": (lambda d: march_of(d).open_when(reading(calm=["moood"])), "calm reads 'moood'"),
    "condition of the decision": (
        lambda d: d.decisions["crown.campaign"].open_when(reading(calm=["moood"])),
        "calm reads 'moood'",
    ),
    "incentive": (lambda d: march_of(d).incentive(weighed())(reading(loot=["moood"])), "loot reads 'moood'"),
    "weight": (
        lambda d: march_of(d).incentive("glroy")(reading(loot=["mood"])),
        "loot of the crown has the weight 'glroy', which nothing declares; did you mean 'glory'?",
    ),
    "weight that weighs nothing": (lambda d: CROWN(d).weighs("pomp", weighed()), "no incentive of the crown .*'pomp'"),
    "ending": (lambda d: CROWN(d).ends_runs(reading(over=["moood"])), "over reads 'moood'"),
    "changed state": (
        lambda d: LAND(d).changes("unrset", phase="world")(reading(cold=["mood"])),
        "cold changes 'unrset', which is no state; did you mean 'unrest'?",
    ),
    "changed parameter": (lambda d: LAND(d).changes("plot", phase="w")(reading(cold=["mood"])), "'plot', which is no state"),
    "repeated cause": (lambda d: LAND(d).changes("unrest", phase="x")(reading(heat=["mood"])), "heat changes 'unrest' twice"),
    "aggregate": (lambda d: LAND(d).aggregates("a", of="shrae", how="sum", meaning="A."), "a aggregates 'shrae'.*'share'"),
    "delay": (lambda d: CROWN(d).delayed("late", of="moood", turns=1), "late reads 'moood'"),
    "utility without": (
        lambda d: CROWN(d).utility_of("pays", march_of(d), without=("glroy",), meaning="Pays."),
        "pays leaves out the incentive 'glroy'.*'glory'",
    ),
    "resident": (
        lambda d: PEOPLE(d).resident_derived(reading(spirit=["neighbours_veiw"])),
        "spirit reads 'neighbours_veiw'.*'neighbours_view'",
    ),
    "changed trait": (
        lambda d: PEOPLE(d).resident_changes("veiw", phase="talk")(reading(pull=["view"])),
        "pull changes 'veiw'.*'view'",
    ),
    "trait at birth": (lambda d: PEOPLE(d).at_birth("veiw")(reading(first=["dice"])), "first is the value at birth of 'veiw'"),
    "start": (lambda d: PEOPLE(d).at_start(view="frist_view"), "as the start of view 'frist_view'.*'first_view'"),
    "start of a trait": (lambda d: PEOPLE(d).at_start(veiw="first_view"), "the start of 'veiw'.*'view'"),
    "observed": (
        lambda d: PEOPLE(d).observes("veiw", mean=state(0.5, 0, 1, "index", "The mean.")),
        "mean is the average of 'veiw'",
    ),
    "observed parameter": (
        lambda d: PEOPLE(d).observes("view", mean=quantity(0.5, 0, 1, "index", "The mean.")),
        "mean is the average of residents, so it must be a state",
    ),
    "quantile": (lambda d: PEOPLE(d).quantiles("veiw", among="of_age"), "quantiles of 'veiw'"),
    "part": (lambda d: PEOPLE(d).by_part("veiw"), "averages by part of 'veiw'"),
    "composition": (
        lambda d: PEOPLE(d).composed_of(count="cuont", ties="ties", rewired="rewired", parts=LAND(d), shares="share"),
        "as composition 'cuont'.*'count'",
    ),
    "vote": (
        lambda d: PEOPLE(d).votes("v", "V.", phase="p", among="hamlet", when="plols", otherwise="heir", voters="of_age"),
        "the vote v reads 'plols'.*'polls'",
    ),
    "voters": (
        lambda d: PEOPLE(d).votes("v", "V.", phase="p", among="hamlet", when="polls", otherwise="heir", voters="heir"),
        "the vote v reads 'heir'",
    ),
    "candidates": (
        lambda d: PEOPLE(d).votes("v", "V.", phase="p", among="hamlte", when="polls", otherwise="heir", voters="of_age"),
        "the vote v is among 'hamlte'.*'hamlet'",
    ),
    "decision without a way out": (
        lambda d: CROWN(d).decides("war", "about war", phase="crown").option("fight", "Fight.", act="fought"),
        "crown.war cannot be declined",
    ),
    "decision without an option": (
        lambda d: CROWN(d).decides("war", "about war", phase="crown").nothing("peace", "Keep the peace."),
        "crown.war has nothing to choose",
    ),
    "option without a reason": (
        lambda d: d.decisions["crown.campaign"].option("raid", "Raid.", act="raided"),
        "crown.campaign.raid has no incentive",
    ),
    "reason to do nothing": (
        lambda d: d.decisions["crown.campaign"].options[0].incentive(weighed())(reading(sloth=["mood"])),
        "doing nothing .* takes no incentive",
    ),
    "private": (
        lambda d: march_of(d).incentive(weighed())(reading(spite=["plot"])),
        "spite of the crown reads 'plot', which is private to the land",
    ),
    "meaning": (lambda d: CROWN(d).declares(gold=quantity(1, 0, 9, "coins", "Gold")), "gold: its meaning is no sentence"),
    "unit": (lambda d: CROWN(d).declares(gold=quantity(1, 0, 9, "", "The gold.")), "gold has no unit"),
    "bounds": (lambda d: CROWN(d).declares(gold=quantity(1, 1, 1, "coins", "The gold.")), "gold: its bounds 1 and 1"),
    "meaning of a category": (lambda d: CROWN(d).declares(creed=category("a", ("a",), "Creed")), "creed: its meaning"),
}


@pytest.mark.parametrize(("mistake", "error"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_an_error_at_the_seal(mistake, error):
    declared = toy()
    mistake(declared)
    with pytest.raises(DeclarationError, match=error):
        declared.seal()
    assert not declared.sealed


def test_what_belongs_to_no_phase_is_an_error():
    declared = toy()
    CROWN(declared).decides("war", "about war", phase="crwn").nothing("peace", "Keep the peace.")
    PEOPLE(declared).resident_changes("view", phase="tlak")(reading(pull=["view"]))
    LAND(declared).changes("unrest", phase="wrld")(reading(cold=["mood"]))
    with pytest.raises(DeclarationError) as raised:
        declared.seal(phases=("crown", "world", "polls", "talk"))
    faults = [fault for fault in raised.value.faults if "phase" in fault]
    assert [fault.partition(": ")[2].split()[0] for fault in faults] == ["cold", "war", "pull"]
    assert faults[0].endswith("cold belongs to the phase 'wrld', which does not exist; did you mean 'world'?")


@pytest.mark.parametrize(
    ("function", "error"),
    [
        (lambda mood: mood, "<lambda> is no function with a name; write the rule with `def`"),
        (max, "max is no function with a name"),
        (math.sqrt, "sqrt is no function with a name"),
    ],
)
def test_a_rule_is_a_function_with_a_name(function, error):
    with pytest.raises(DeclarationError, match=rf"{__file__}:\d+: {error}"):
        march_of(toy()).incentive(weighed())(function)


def test_a_rule_names_each_of_its_arguments():
    def greedy(mood, *more):
        return mood

    with pytest.raises(DeclarationError, match=rf"{__file__}:\d+: greedy takes \*more, .*; name each"):
        march_of(toy()).incentive(weighed())(greedy)


def test_a_rule_takes_no_argument_by_name_only():
    def picky(mood, *, secret):
        return mood

    with pytest.raises(DeclarationError, match=rf"{__file__}:\d+: picky takes secret by name only; remove the `\*`"):
        march_of(toy()).incentive(weighed())(picky)


BARE = {
    'option.incentive(weight=quantity(0.3, 0, 2, "utility", "What it is worth."))': lambda d: march_of(d).incentive,
    'role.derived("…")': lambda d: LAND(d).derived,
    'role.changes("…", phase="…")': lambda d: LAND(d).changes,
    'role.hazard(phase="…")': lambda d: LAND(d).hazard,
    'role.fixed_within_turn(phase="…")': lambda d: LAND(d).fixed_within_turn,
    'role.procedure(phase="…", gives={"…": "What it is."})': lambda d: LAND(d).procedure,
    'population.at_birth("…")': lambda d: PEOPLE(d).at_birth,
    'population.resident_changes("…", phase="…")': lambda d: PEOPLE(d).resident_changes,
}


@pytest.mark.parametrize(("written", "decorator"), BARE.items(), ids=BARE)
def test_a_decorator_that_takes_arguments_is_not_written_bare(written, decorator):
    def loot(mood):
        return mood

    place = rf"{__file__}:{loot.__code__.co_firstlineno}: loot stands below a bare"
    with pytest.raises(TypeError, match=f"^{place} .*; write @{re.escape(written)}$"):
        decorator(toy())(loot)


def test_a_weight_is_a_quantity_or_the_name_of_another():
    with pytest.raises(TypeError, match=r"loot has the weight 0\.3, which is neither .*; write weight=quantity\("):
        march_of(toy()).incentive(weight=0.3)(reading(loot=["mood"]))


NO_QUANTITY = {
    "quantity": lambda d: LAND(d).declares(wells=0.3),
    "trait": lambda d: PEOPLE(d).traits(wells=0.3),
    "weight": lambda d: CROWN(d).weighs("wells", 0.3),
}


@pytest.mark.parametrize("declare", NO_QUANTITY.values(), ids=NO_QUANTITY)
def test_what_is_declared_as_a_quantity_is_one(declare):
    with pytest.raises(TypeError, match=rf"{__file__}:\d+: wells is 0\.3, which is no quantity; write .* quantity\("):
        declare(toy())


def test_what_is_seen_through_others_is_private_too():
    declared = toy()
    LAND(declared).derived("index")(reading(scheme=["plot"]))
    march_of(declared).incentive(weighed())(reading(spite=["scheme"]))
    with pytest.raises(DeclarationError, match="spite of the crown reads 'plot'"):
        declared.seal()


def test_all_mistakes_are_told_at_once_with_file_and_line():
    declared = toy()

    @LAND(declared).derived("index")
    def bother(unrset, moood):
        """It bothers."""

    with pytest.raises(DeclarationError) as raised:
        declared.seal()
    line = bother.__code__.co_firstlineno
    assert [fault.split(": ")[0] for fault in raised.value.faults] == [f"{__file__}:{line}"] * 2


# Names that are taken, and what the error says.
TAKEN = {
    "quantity": (lambda d: LAND(d).declares(mood=quantity(1, 0, 9, "index", "Another mood.")), "crown has it already"),
    "rule": (lambda d: LAND(d).derived("index")(reading(mood=["unrest"])), "'mood' is declared twice"),
    "two incentives of a role": (
        lambda d: march_of(d).incentive(weighed())(reading(glory=["mood"])),
        "'glory' is declared twice; crown has it already",
    ),
    "incentive under another weight": (lambda d: march_of(d).incentive("glory")(reading(fame=["mood"])), "'fame' is declared"),
    "incentive with the name of a quantity": (
        lambda d: march_of(d).incentive(weighed())(reading(unrest=["mood"])),
        "'unrest' is declared twice; land has it already",
    ),
    "quantity with the name of an incentive": (
        lambda d: LAND(d).declares(glory=quantity(1, 0, 9, "index", "The glory.")),
        "'glory' is declared twice; crown has it already",
    ),
    "act": (
        lambda d: d.decisions["crown.campaign"].option("raid", "Raid.", act="marched"),
        "'marched' is declared twice; land has it already",
    ),
    "weight": (lambda d: CROWN(d).weighs("glory", weighed()), "'glory' is declared twice"),
    "decision": (lambda d: CROWN(d).decides("campaign", "again", phase="crown"), "crown.campaign is declared twice"),
    "ending": (
        lambda d: [CROWN(d).ends_runs(reading(over=["mood"])), CROWN(d).ends_runs(reading(done=["mood"]))],
        "over ends runs already",
    ),
}


@pytest.mark.parametrize(("mistake", "error"), TAKEN.values(), ids=TAKEN)
def test_a_name_has_one_owner(mistake, error):
    with pytest.raises(DeclarationError, match=error):
        mistake(toy())


def test_the_places_of_both_owners_are_told():
    declared = toy()
    with pytest.raises(DeclarationError, match=rf"{__file__}:\d+: 'mood' is declared twice.* see {__file__}:\d+"):
        LAND(declared).declares(mood=quantity(1, 0, 9, "index", "Another mood."))


LATE = {
    "role": lambda d: Role(d, "queen", "The queen.", section="queen"),
    "quantity": lambda d: CROWN(d).declares(gold=quantity(1, 0, 9, "coins", "The gold.")),
    "derived quantity": lambda d: LAND(d).derived("index")(reading(bother=["unrest"])),
    "aggregate": lambda d: LAND(d).aggregates("a", of="share", how="sum", meaning="A."),
    "contribution": lambda d: LAND(d).changes("unrest", phase="w")(reading(cold=["mood"])),
    "hazard": lambda d: LAND(d).hazard(phase="world")(reading(flood=["mood"])),
    "noise": lambda d: LAND(d).noise("weather", "The weather."),
    "decision": lambda d: CROWN(d).decides("war", "about war", phase="crown"),
    "option": lambda d: d.decisions["crown.campaign"].option("raid", "Raid.", act="raided"),
    "doing nothing": lambda d: d.decisions["crown.campaign"].nothing("rest", "Rest."),
    "incentive": lambda d: march_of(d).incentive(weighed())(reading(loot=["mood"])),
    "condition": lambda d: march_of(d).open_when(reading(calm=["mood"])),
    "condition of the decision": lambda d: d.decisions["crown.campaign"].open_when(reading(calm=["mood"])),
    "ending": lambda d: CROWN(d).ends_runs(reading(over=["mood"])),
    "trait": lambda d: PEOPLE(d).traits(wit=quantity(1, 0, 9, "index", "The wit.")),
    "change of residents": lambda d: PEOPLE(d).resident_changes("view", phase="t")(reading(pull=["view"])),
    "appeal": lambda d: PEOPLE(d).appeals(reading(charm=["view"])),
    "start": lambda d: PEOPLE(d).at_start(view="first_view"),
    "quantile": lambda d: PEOPLE(d).quantiles("view", among="of_age"),
}


@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
def test_nothing_is_declared_after_the_seal(late):
    declared = toy()
    declared.seal()
    with pytest.raises(DeclarationError, match=r"is declared too late.* `with declared.open\(\):`"):
        late(declared)


def test_a_script_adds_an_incentive_inside_open():
    declared = toy()
    declared.seal()
    with declared.open():
        march_of(declared).incentive(weighed())(reading(loot=["mood"]))
    assert declared.sealed
    assert ("crown", "loot") in declared.weights
    assert march_of(declared).incentives[-1].name == "loot"


def add_what_is_wrong(declared):
    with declared.open():
        CROWN(declared).declares(gold=quantity(1, 0, 9, "coins", "The gold."))
        march_of(declared).incentive(weighed())(reading(loot=["moood"]))


def test_after_a_mistake_inside_open_nothing_of_it_is_left():
    declared = toy()
    declared.seal()
    before = list(declared.owners), list(declared.weights), len(march_of(declared).incentives)
    with pytest.raises(DeclarationError, match="loot reads 'moood'"):
        add_what_is_wrong(declared)
    assert (list(declared.owners), list(declared.weights), len(march_of(declared).incentives)) == before
    assert declared.sealed


def test_what_was_added_can_be_forgotten():
    declared = toy()
    declared.seal()
    for _ in range(2):  # a cell of a notebook that is run again
        declared.restore()
        with declared.open():
            march_of(declared).incentive(weighed())(reading(loot=["mood"]))
    assert len(march_of(declared).incentives) == 3


def test_what_follows_from_declarations_is_computed_once_and_anew_after_a_further_declaration():
    def names(of, *about):
        return [*of.quantities, *about]

    declared = toy()
    assert declared.cached(names, "x") is declared.cached(names, "x")
    assert declared.cached(names, "y")[-1] == "y"
    LAND(declared).declares(wells=quantity(1, 0, 9, "wells", "Its wells."))
    assert declared.cached(names, "x")[-2:] == ["wells", "x"]


RULES = (
    "from . import declared, land\n\n@land.derived('index')\ndef {name}(unrest):\n    '''It follows.'''\n    return unrest\n"
)
CATALOGUE = """from importlib import import_module
from . import declared
for name in {modules}:
    import_module("." + name, __package__)
declared.seal(__name__, besides=("pictures",))
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with rules in two folders, and its catalogue, which imports the given modules."""
    monkeypatch.syspath_prepend(tmp_path)
    home = tmp_path / "toyland"
    for folder in ("", "rules", "pictures"):
        (home / folder).mkdir(exist_ok=True)
        (home / folder / "__init__.py").touch()
    (home / "__init__.py").write_text(f"from {__name__} import toy\ndeclared = toy()\nland = declared.roles['land']\n", "utf-8")
    for name in ("tax", "toll"):
        (home / "rules" / f"{name}.py").write_text(RULES.replace("from .", "from ..").format(name=name), "utf-8")
    (home / "pictures" / "frame.py").touch()

    def catalogue(*modules):
        (home / "catalogue.py").write_text(CATALOGUE.format(modules=modules), "utf-8")
        return importlib.import_module("toyland.catalogue")

    yield catalogue
    forget_toyland()


def forget_toyland():
    for name in [name for name in sys.modules if name.partition(".")[0] == "toyland"]:
        del sys.modules[name]
    importlib.invalidate_caches()


def test_a_cell_that_declares_again_is_told_how(package):
    declared = package("rules.tax", "rules.toll").declared
    with declared.open():
        march_of(declared).incentive(weighed())(reading(loot=["mood"]))
    again = "'loot' is declared twice.* or, to run a cell of a notebook again, call `declared.restore\\(\\)` first"
    with pytest.raises(DeclarationError, match=again), declared.open():
        march_of(declared).incentive(weighed())(reading(loot=["mood"]))
    declared.restore()
    with declared.open():
        march_of(declared).incentive(weighed())(reading(loot=["mood"]))


def test_a_file_that_the_catalogue_does_not_list_is_an_error(package):
    with pytest.raises(
        DeclarationError, match=r"^toyland/rules/toll\.py:1: no module imports this file.* list it in toyland\.cat"
    ):
        package("rules.tax")


def test_a_catalogue_that_lists_all_files_is_sealed(package):
    assert package("rules.tax", "rules.toll").declared.sealed


@pytest.fixture
def trials(tmp_path, monkeypatch):
    """The number of rules that are tried at each seal, with an empty cache."""
    tried = []
    (tmp_path / "cache").mkdir(mode=0o700)
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(passed, "faults_in", lambda rules, declared: tried.append(len(rules)) or faults_in(rules, declared))
    return tried


def test_the_rules_of_a_catalogue_are_tried_once(package, trials):
    first = [rule.careful for _, _, rule in package("rules.tax", "rules.toll").declared.rules()]
    forget_toyland()
    again = [rule.careful for _, _, rule in package("rules.tax", "rules.toll").declared.rules()]
    assert len(trials) == 1
    assert again == first
    assert set(first) <= {True, False}


@pytest.mark.parametrize("changed", ["tax.py", "helper.py"])
def test_after_a_change_of_any_file_they_are_tried_again(package, trials, tmp_path, changed):
    tax, helper = (tmp_path / "toyland" / "rules" / name for name in ("tax.py", "helper.py"))
    tax.write_text(
        "from .helper import part\n" + tax.read_text("utf-8").replace("return unrest", "return part(unrest)"), "utf-8"
    )
    helper.write_text("def part(x):\n    return x / 2\n", "utf-8")
    modules = ("rules.tax", "rules.toll", "rules.helper")
    package(*modules)
    forget_toyland()
    path = tmp_path / "toyland" / "rules" / changed
    path.write_text(path.read_text("utf-8").replace("return ", "return 1e400 * "), "utf-8")
    with pytest.raises(DeclarationError, match="tax is infinite"):
        package(*modules)
    assert len(trials) == 2
    forget_toyland()
    with pytest.raises(DeclarationError, match="tax is infinite"):
        package(*modules)
    assert len(trials) == 3


def test_a_damaged_file_of_the_cache_is_not_believed(package, trials, tmp_path):
    package("rules.tax", "rules.toll")
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    forget_toyland()
    package("rules.tax", "rules.toll")
    assert len(trials) == 2
