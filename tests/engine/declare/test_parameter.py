"""Parameters and states: a declaration that contradicts itself is refused where it is made."""

import pytest

from frozen_conflict_sim.engine.declare.faults import DeclarationError
from frozen_conflict_sim.engine.declare.parameter import quantity, state


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (lambda: quantity(1.5, 0, 1, "share", "Too much."), "outside"),
        (lambda: quantity({"wheat": 0.5, "rye": -1.0}, 0, 1, "share", "Too little.", by="crop"), "outside"),
        (lambda: quantity(0.5, 0, 1, "share", "Guessed.", grade="guessed"), "grade"),
        (lambda: quantity(0.5, 0, 1, "share", "Unsourced.", grade="documented"), "source"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(mistake, words):
    with pytest.raises(DeclarationError, match=rf"{__file__}:\d+: .*{words}"):
        mistake()


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (lambda: quantity("a", 0, 2, "share", "No number."), "its default is 'a', which is no number; write its default, low"),
        (lambda: quantity({"wheat": "a"}, 0, 2, "share", "No number.", by="crop"), "its default is 'a', which is no number"),
        (lambda: quantity(0.5, "0", 2, "share", "No number."), "its low is '0', which is no number"),
        (lambda: quantity(0.5, 0, None, "share", "No number."), "its high is None, which is no number"),
        (lambda: quantity(0.5, 0, 2, 1, "No unit."), "its unit is 1, which is no text"),
        (lambda: quantity(0.5, 0, 2, "share", None), "its meaning is None, which is no text"),
    ],
)
def test_a_declaration_says_what_it_takes(mistake, words):
    with pytest.raises(TypeError, match=rf"{__file__}:\d+: .*{words}"):
        mistake()


def test_a_quantity_knows_its_file_and_line():
    here = state(0.5, 0, 1, "index", "A state.")
    line = test_a_quantity_knows_its_file_and_line.__code__.co_firstlineno + 1
    assert here.place == f"{__file__}:{line}"
