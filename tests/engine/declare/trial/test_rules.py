"""Rules are tried before declarations are sealed; what is no pure function of one number each is refused, with the remedy."""

import datetime
import math
import random
import time

import numpy as np
import pytest

from frozen_conflict_sim.engine.declare.faults import DeclarationError
from frozen_conflict_sim.engine.numerics import at_least, square_root
from tests.engine.declare.test_registry import CROWN, LAND, PEOPLE, march_of, toy, weighed

COUNT = [0]
CALLS = 0
CHANCE = np.random.default_rng(3)
DICE = random.Random(3)


def drawing(mood):
    return random.random() * mood


def drawing_by_numpy(mood):
    return np.random.normal() * mood


def drawing_from_a_generator(mood):
    return CHANCE.random() * mood


def drawing_now_and_then(mood):
    return DICE.random() if mood is None else mood


def a_helper(mood):
    return mood * DICE.random()


def drawing_in_a_helper(mood):
    return a_helper(mood)


def reading_the_clock(mood):
    return mood * time.time()


def reading_the_calendar(mood):
    return mood * datetime.date.today().year


def remembering(mood):
    COUNT[0] += 1
    return mood * COUNT[0]


def averaging(mood):
    return mood - np.mean(mood)


def summing(mood):
    return mood / mood.sum()


def sorting(mood):
    return np.sort(mood)


def picking(mood):
    return mood - mood[-1]


def rooted(mood):
    return square_root(mood - 0.35)


def divided(mood):
    return 1.0 / at_least(mood - 0.5, 0.0)


def without_an_answer(mood):
    at_least(mood, 0.5)


def without_an_answer_sometimes(mood):
    if mood > 0.5:
        return 1.0


def wordy(mood):
    return "high"


def cut_to_whole(mood):
    return int(mood * 10.0)


def by_math(mood):
    return math.exp(mood)


def looking_up(mood):
    return [0.0, 1.0][mood > 0.5]


def misspelt(mood):
    return at_lest(mood, 0.5)  # noqa: F821


def looping(mood):
    while mood > 0.1:
        mood = mood / 2.0
    return mood


def writing(mood):
    mood[mood > 0.5] = 0.5
    return mood


def of_an_unknown_word(mood, rule):
    return mood if rule == "odl" else 0.0


def listing(mood, secret):
    return [mood, secret]


def pairing(mood, secret):
    return (secret, mood)


def reducing(mood, secret):
    return np.maximum.reduce([mood, secret])


def gathering(mood, secret):
    return np.array([mood, secret])[0]


def stacking(mood, secret):
    return np.max(np.stack([mood, secret]), axis=0)


def counting(mood):
    global CALLS
    CALLS += 1
    return mood if CALLS > 40 else 0.0 * mood


def counting_in_a_helper(mood):
    return counting(mood)


def counting_outside():
    calls = 0

    def counting_around(mood):
        nonlocal calls
        calls += 1
        return mood if calls > 40 else 0.0 * mood

    return counting_around


NOISE = "declare a noise of its role"
REFUSED = {
    drawing: f"uses random; .*{NOISE}",
    drawing_by_numpy: f"uses np.random; .*{NOISE}",
    drawing_from_a_generator: f"uses CHANCE; .*{NOISE}",
    drawing_now_and_then: f"uses DICE; .*{NOISE}",
    drawing_in_a_helper: f"uses DICE; .*{NOISE}",
    reading_the_clock: "uses time",
    reading_the_calendar: "uses datetime",
    remembering: "gives two answers for one state",
    averaging: "folds all runs together",
    summing: "mixes runs|all runs together",
    sorting: "mixes runs",
    picking: "mixes runs",
    rooted: r"is no number where mood is 0\.\d+; .* at_least\(…, 0.0\)",
    divided: r"is infinite where mood is 0\.\d+; hold what is .*below a fraction",
    without_an_answer: "returns nothing; let it end with `return`",
    without_an_answer_sometimes: "returns nothing on one of its paths",
    wordy: "returns 'high', which is no number",
    cut_to_whole: r"calls a function of one plain number \(int,.* use NumPy's",
    by_math: "calls a function of one plain number .*math.exp",
    looking_up: "cannot be evaluated for many runs at once|plain number",
    misspelt: "name 'at_lest' is not defined",
    looping: "let no loop depend on what it reads",
    writing: "writes into an array",
    listing: r"returns 2 numbers, where one is needed; return one, for instance their sum or max\(…\)",
    pairing: "returns 2 numbers, where one is needed",
    reducing: r"puts values of different members into one array; combine them by .*np.maximum\(this, other\)",
    gathering: "puts values of different members into one array",
    stacking: "puts values of different members into one array",
    counting: "sets CALLS, which is not its own, .*; let it only return a number",
    counting_in_a_helper: "sets CALLS, which",
    counting_outside(): "sets calls, which",
    of_an_unknown_word: "'odl' is no word of rule; did you mean 'old'?",
}


@pytest.mark.parametrize(("function", "error"), REFUSED.items(), ids=[function.__name__ for function in REFUSED])
def test_what_cannot_be_used_is_refused_with_file_line_and_remedy(function, error):
    declared = toy()
    march_of(declared).incentive(weighed())(function)
    place = rf"{__file__}:{function.__code__.co_firstlineno}: {function.__name__} "
    with pytest.raises(DeclarationError, match=f"^{place}.*({error})"):
        declared.seal()


def test_a_rule_may_count_for_itself():
    def summed(mood):
        found = 0.0

        def add(x):
            nonlocal found
            found = found + x

        add(mood)
        add(0.5)
        return found

    declared = toy()
    march_of(declared).incentive(weighed())(summed)
    declared.seal()
    assert march_of(declared).incentives[-1].rule({"mood": 0.25}) == 0.75


@pytest.mark.parametrize(
    ("returned", "error"),
    [
        (lambda: lambda share: [share, share], None),
        (lambda: lambda share: [share] * 3, "listed returns 3 numbers, where one for each of 2 items is needed"),
        (lambda: lambda share: 2.0 * share, None),
    ],
)
def test_a_quantity_with_items_has_a_number_for_each(returned, error):
    declared = toy()
    declared.items["crop"] = ("wheat", "rye")
    made = returned()

    def listed(unrest):
        """The crops."""
        return made(unrest)

    LAND(declared).derived("index", by="crop")(listed)
    if error:
        with pytest.raises(DeclarationError, match=error):
            declared.seal()
    else:
        declared.seal()


def test_every_kind_of_rule_is_tried():
    def bad():
        def bad(mood):
            return random.random()

        return bad

    declared = toy()
    kinds = {
        "derived": LAND(declared).derived("index"), "changes": LAND(declared).changes("unrest", phase="world"),
        "hazard": LAND(declared).hazard(phase="world"), "fixed": LAND(declared).fixed_within_turn(phase="world"),
        "ends": CROWN(declared).ends_runs, "open": march_of(declared).open_when,
        "incentive": march_of(declared).incentive("glory"), "resident": PEOPLE(declared).resident_derived,
        "trait": PEOPLE(declared).resident_changes("view", phase="talk"), "birth": PEOPLE(declared).at_birth("of_age"),
        "appeal": PEOPLE(declared).appeals, "candidate": PEOPLE(declared).candidate,
    }  # fmt: skip
    for name, declare in kinds.items():
        rule = bad()
        rule.__name__ = name
        declare(rule)
    with pytest.raises(DeclarationError) as raised:
        declared.seal()
    assert {fault.split(": ")[1].split()[0] for fault in raised.value.faults} == set(kinds)


def test_only_rules_that_need_it_are_evaluated_with_care():
    declared = toy()
    declared.seal()
    assert not any(rule.careful for _, _, rule in declared.rules())
    with declared.open():

        @march_of(declared).incentive(weighed())
        def loot(mood):
            """It pays while the mood is good."""
            return max(mood, 0.25) ** 3 if mood > 0.1 else 0.0

    assert [rule.name for _, _, rule in declared.rules() if rule.careful] == ["loot"]
    mood = np.array([0.05, 0.2, 0.5])
    rule = march_of(declared).incentives[-1].rule
    assert rule({"mood": mood}).tolist() == [0.0, 0.25**3, 0.5**3]


def test_a_rule_in_which_python_and_numpy_differ_is_evaluated_with_care():
    declared = toy()

    @LAND(declared).derived("number")
    def troubles(unrest, mood):
        """How many troubles there are."""
        return (unrest > 0.5) + (mood < 0.5)

    declared.seal()
    state = {"unrest": np.array([0.1, 0.9]), "mood": np.array([0.1, 0.1])}
    assert declared.derived["troubles"].rule(state).tolist() == [1.0, 2.0]


def test_a_trial_prints_nothing_and_stops_nowhere(capsys, monkeypatch):
    monkeypatch.setattr("sys.breakpointhook", lambda: pytest.fail("stopped in a trial"))
    declared = toy()

    @march_of(declared).incentive(weighed())
    def loot(mood):
        """It pays."""
        print("a rule that is being written")
        breakpoint()
        return mood

    declared.seal()
    assert capsys.readouterr().out == ""
