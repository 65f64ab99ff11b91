"""What messages show as examples can be written."""

from frozen_conflict_sim.politics import examples
from frozen_conflict_sim.scenario import load_scenario


def test_the_keys_of_examples_exist():
    lever, options = examples.LEVER.split(": ")
    first = options.strip("[]").split(",")[0]
    shown = {examples.PARAMETER: 0.5, examples.CATEGORY: "off", lever: first, examples.TIME_STEP: "half_year"}
    shown |= {examples.STATE: -0.3, examples.CONDITION.split()[0]: 0.9}
    values = load_scenario("georgia_2014").with_values(shown).values
    assert {name for _, _, name, _ in values} >= {key.split(".")[-1] for key in shown}
