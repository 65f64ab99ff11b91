"""Rules go the way they say: ``directions.yaml`` tells which way each goes with each of the things it sees.

Every incentive is told of there, and of the derived quantities and causes of change those that carry the argument.
"""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some

from frozen_conflict_sim.politics.catalogue import declared

TABLE = yaml.safe_load((Path(__file__).parent / "directions.yaml").read_text("utf-8"))
RANGE_OF_MEASURES = {"income_surprise": (-1, 1), "patrons_footing": (-3, 3)}  # all others lie between 0 and 1
RULES = {
    (option.address, incentive.name): incentive.rule
    for decision in declared.decisions.values()
    for option in decision.options
    for incentive in option.incentives
}
INCENTIVES = set(RULES)
RULES |= {("derived", name): found.rule for name, found in (declared.derived | declared.hazards).items()}
RULES |= {("changes", cause.rule.name): cause.rule for cause in declared.contributions}
SAID = [(about, name) for about, rules in TABLE.items() for name in rules]
WAYS = ("rises", "falls", "either_way")


def test_every_incentive_says_which_way_it_goes_with_everything_it_sees():
    assert {key for key in SAID if key[0] not in ("derived", "changes")} == INCENTIVES
    for about, name in SAID:
        said = TABLE[about][name]
        assert set(said) <= {*WAYS, "while"}, name
        assert sorted(seen for way in WAYS for seen in said.get(way, [])) == sorted(RULES[about, name].reads), name


def values(name, said):
    """Two values of a name, the second at least the first: numbers, or one number for each clause."""
    quantity = declared.quantities.get(name)
    low, high = said.get("while", {}).get(name) or (
        (quantity.low, quantity.high) if quantity else RANGE_OF_MEASURES.get(name, (0, 1))
    )
    by = getattr(quantity or declared.derived.get(name), "by", "")
    count = len(declared.items[by]) if by else 1
    pair = some.tuples(some.floats(low, high), some.floats(low, high)).map(sorted)
    pairs = some.lists(pair, min_size=count, max_size=count).map(lambda pairs: [list(side) for side in zip(*pairs)])
    return pairs if by else pairs.map(lambda sides: [side[0] for side in sides])


@pytest.mark.parametrize(("about", "name"), [key for key in SAID if RULES[key].reads])
def test_it_goes_that_way(about, name):
    said, rule = TABLE[about][name], RULES[about, name]
    moved = set()

    @settings(max_examples=200)
    @given(some.fixed_dictionaries({seen: values(seen, said) for seen in rule.reads}))
    def goes_that_way(pairs):
        lower = {seen: pair[0] for seen, pair in pairs.items()}
        for way in WAYS:
            for seen in said.get(way, []):
                step = rule(lower | {seen: pairs[seen][1]}) - rule(lower)
                if abs(step) > 1e-9:
                    moved.add(seen)
                    assert way == "either_way" or (step > 0) == (way == "rises"), f"{step:+g} with {seen}"

    goes_that_way()
    assert moved == set(rule.reads)
