"""The live file in Chromium and Firefox, from file://: every number equals Python's, nothing is asked for, titles stay text."""

import json
import re

import numpy as np
import pytest

from frozen_conflict_sim import LiveEnsemble, load_scenario, run
from frozen_conflict_sim.explorer.dilemma_map import dilemma_map
from frozen_conflict_sim.explorer.live.check import NotEqual, Numbers, Trial, compare, in_python
from frozen_conflict_sim.explorer.live.ensemble import LiveFileEnsemble
from frozen_conflict_sim.explorer.live.file import live_file
from frozen_conflict_sim.explorer.live.part import places_of, steps_of
from frozen_conflict_sim.explorer.part import Parts
from frozen_conflict_sim.explorer.state import State
from frozen_conflict_sim.report import report

TAB, DOWN = "\ue004", "\ue015"
HOSTILE = "</script><script>window.hacked = 1</script><b>“Georgia” & others</b>"
RUNS, RESIDENTS = 32, 60
CHECKED = "['right', 'wrong'].some(one => document.body.classList.contains(one))"
PRESTIGE, GRIEVANCE = "patron.incentives.prestige", "parent.grievance"
SETTING = Trial("salami", {PRESTIGE: 0.8, GRIEVANCE: (0.2, 1.1)}, ("Crimea",))
MOVE = """(async () => {
    const took = [];
    for (let at = 0; at < 9; at++) {
        const [plays, began] = [page.drawn.plays, performance.now()];
        page.set('patron.incentives.prestige', 0.1 + 0.05 * at, true);
        while (page.drawn.plays === plays) await new Promise(done => setTimeout(done, 1));
        took.push(performance.now() - began);
    }
    return took.sort((one, other) => one - other)[4];
})()"""


@pytest.fixture(scope="module")
def scenario():
    """A short scenario with a hostile title."""
    return load_scenario("georgia_2014", {"quarters": 8, "title": HOSTILE})


@pytest.fixture(scope="module")
def live(scenario):
    """Its live file."""
    return live_file(scenario, "georgia_2014", runs=RUNS, residents=RESIDENTS)


@pytest.fixture(scope="module")
def ensemble(scenario):
    """The ensemble that the file plays."""
    few = scenario.with_values({"public.residents": RESIDENTS})
    return LiveFileEnsemble(few, [PRESTIGE, GRIEVANCE], RUNS, 1, "patron.policy")


@pytest.fixture(scope="module")
def tab(browser, live, tmp_path_factory):
    """The file, opened in a browser."""
    path = live.save(tmp_path_factory.mktemp("live") / "live.html")
    browser.requests.clear()
    browser.errors.clear()
    browser.resize(1280, 900)
    browser.go(path.as_uri())
    browser.wait(CHECKED)
    return browser


def test_it_was_played_where_it_was_made_and_is_small(live):
    assert live.played
    assert len(live.html) < 2.5e6
    assert len(live.movable) > 400
    assert {"own_judgement", "salami", "conciliate"} <= set(live.policies)


def test_a_number_that_differs_is_refused(ensemble):
    numbers = in_python(ensemble, Trial("own_judgement"))
    compare(numbers, numbers, Trial("own_judgement"))
    other = Numbers(numbers.trajectories.copy(), numbers.choices, numbers.outcomes)
    other.trajectories[3, 2, 1] = np.nextafter(other.trajectories[3, 2, 1], np.float32(9.0))
    assert other.digest != numbers.digest
    with pytest.raises(NotEqual, match="trajectories, row 3, run 2"):
        compare(numbers, other, Trial("own_judgement"))


def test_the_reader_is_told_that_the_numbers_were_compared(tab):
    assert tab.run("document.getElementById('checked').textContent").startswith("Checked here: 7 settings")
    assert tab.run("document.body.classList.contains('right')")


@pytest.mark.parametrize("trial", [Trial("own_judgement"), SETTING], ids=["as it is", "moved"])
def test_every_number_equals_that_of_python(tab, ensemble, trial):
    expected = in_python(ensemble, trial)
    values = {
        key: {"from": value[0], "to": value[1]} if isinstance(value, tuple) else value for key, value in trial.values.items()
    }
    asked = {"values": values | {"patron.policy": trial.policy}, "drop": list(trial.drop)}
    found = tab.run(
        f"""live.engine.send('numbers', {{setting: {json.dumps(asked)}}}).then(found => Object.fromEntries(
        Object.entries(found).map(([name, values]) => [name, Array.from(values, one => Number.isNaN(one) ? null : one)])))"""
    )
    for name in ("trajectories", "choices", "outcomes"):
        wanted = getattr(expected, name)
        got = np.array([np.nan if one is None else one for one in found[name]], wanted.dtype).reshape(wanted.shape)
        np.testing.assert_array_equal(got, wanted)
    assert found["classes"] == expected.outcomes[ensemble.outcomes.class_row].tolist()


@pytest.mark.parametrize(("chair", "values"), [("Moscow", {}), ("Tbilisi", {PRESTIGE: 0.8, "patron.policy": "salami"})])
def test_a_part_that_is_played_equals_that_of_python(tab, ensemble, chair, values):
    parts, asked, over = Parts(1), {"values": values, "drop": ["Crimea"], "chair": chair, "run": 3, "choices": []}, False
    scenario, otherwise = State(values, ("Crimea",)).on(ensemble.scenario), 0
    while not over:
        found = tab.run(f"live.engine.ask('part', {json.dumps(asked)})")
        odds = tab.run(f"live.engine.ask('part', {json.dumps(asked | {'odds': True})})")
        assert found == parts.turn(scenario, chair, asked["choices"], 3, odds=False)
        assert odds == parts.turn(scenario, chair, asked["choices"], 3, odds=True)
        chosen = [_other_than_the_model(question) for question in found.get("questions", [])]
        otherwise += sum(option != question["model"] for question, (*_, option) in zip(found.get("questions", []), chosen))
        asked["choices"], over = [*asked["choices"], chosen], found["over"]
    assert otherwise > 10
    assert len(asked["choices"]) > 3


def _other_than_the_model(question):
    """A choice of the player: the last option that is open and not the model's."""
    names = [option["name"] for option in question["options"] if option["open"] and option["name"] != question["model"]]
    return [question["decision"], question["member"], names[-1]]


def test_all_runs_in_which_a_player_chooses_equal_those_of_python(tab, ensemble):
    turns = range(0, ensemble.scenario.turns, 2)
    forced = {
        (turn, one.decision.key, one.member): one.decision.options[-1].name for one in places_of(ensemble) for turn in turns
    }
    trial = Trial("own_judgement", forced=forced)
    expected, untouched = in_python(ensemble, trial), in_python(ensemble, Trial("own_judgement"))
    assert (expected.choices != untouched.choices).any(axis=(1, 2)).sum() > 10
    setting = {"values": {"patron.policy": "own_judgement"}, "drop": [], "steps": steps_of(ensemble, forced)}
    assert tab.run(f"live.engine.send('digest', {{setting: {json.dumps(setting)}}})") == expected.digest
    plain = json.dumps({"values": {"patron.policy": "own_judgement"}, "drop": []})
    assert tab.run(f"live.engine.send('digest', {{setting: {plain}}})") == untouched.digest, "nothing stays forced"


def test_a_part_is_played_by_keyboard(tab):
    # Firefox without a window has no focus, and Enter presses no button there: what has the focus is clicked.
    def press_on(*keys):
        tab.press(*keys)
        return tab.run("[document.activeElement.textContent, document.activeElement.click()][0]")

    tab.run("document.querySelector('#part select').focus()")
    assert press_on(TAB) == "Sit down"
    tab.wait("document.querySelector('#part .odds .ending')")
    assert tab.run("document.querySelector('#part em').textContent").endswith("the model would")
    tab.run("document.querySelector('#part input:checked').focus()")
    before = tab.run("document.activeElement.value")
    tab.press(DOWN)
    assert tab.run("document.activeElement.name + document.activeElement.checked") == "q0true"
    assert tab.run("document.activeElement.value") != before
    tab.run("[...document.querySelectorAll('#part input:checked')].at(-1).focus()")
    assert press_on(TAB) == "Play the quarter"
    tab.wait("page.follow?.byHand && page.follow.ended === 1 && document.querySelector('#part .odds .ending')")
    assert tab.run("document.activeElement.textContent") == "Play the quarter"
    assert press_on(TAB) == "Take the last quarter back"
    tab.wait("page.follow.ended === 0")
    assert tab.run("document.activeElement.textContent") == "Play the quarter"


def test_a_part_that_nobody_can_play_is_refused(tab):
    asked = {"values": {}, "drop": [], "chair": "Moscow", "run": 3, "choices": [[["answer", "abkhazia", "accept"]]]}
    for other, said in (
        ({}, "Moscow cannot choose"), ({"chair": "Berlin"}, "no actor Berlin"), ({"run": 99, "choices": []}, "no run 99"),
    ):  # fmt: skip
        message = tab.run(f"live.engine.ask('part', {json.dumps(asked | other)}).catch(error => error.message)")
        assert said in message


def test_the_fan_is_that_of_numpy(tab, ensemble):
    shown = tab.run("page.state.shown")
    _, name = shown.rsplit(".", 1)
    row = dict(ensemble.model.recorder.rows)[name][0]
    values = in_python(ensemble, Trial("own_judgement")).trajectories[row]
    fan = tab.run(f"live.engine.play({{values: {{}}, drop: []}}, 0, '{shown}').then(found => found.fan)")
    assert fan == np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0).tolist()


def test_the_map_of_the_dilemma_is_that_of_python(tab, ensemble):
    tab.wait("document.querySelector('#map .zero') && document.getElementById('map-note').textContent.includes('status quo')")
    values = {"patron.policy": "salami", PRESTIGE: 0.8}
    asked = {"values": values | {GRIEVANCE: 0.4}, "drop": ["Crimea"]}
    found = tab.run(f"live.engine.ask('map', {json.dumps(asked)}).then(found => found.map)")
    expected = dilemma_map(LiveEnsemble(ensemble.scenario, RUNS, 1), State(values, ("Crimea",)))
    assert found["values"] == expected["values"]
    assert {name: found[name] for name in ("across", "up", "compared", "runs")} == {
        name: expected[name] for name in ("across", "up", "compared", "runs")
    }
    again = in_python(ensemble, Trial("own_judgement")).trajectories[:, :, -1].ravel().tolist()
    plain = "live.engine.send('numbers', {setting: {values: {'patron.policy': 'own_judgement'}, drop: []}})"
    ends = f"{plain}.then(found => Array.from(found.trajectories).filter((_, at) => at % 8 === 7))"
    assert tab.run(ends) == again


def test_it_asks_for_nothing_and_a_hostile_title_stays_text(tab):
    assert [one for one in tab.requests if not one.startswith(("file:", "data:", "blob:", "about:"))] == []
    assert tab.run("document.getElementById('title').textContent") == HOSTILE
    assert tab.run("[typeof window.hacked, document.title.includes('“Georgia”')]") == ["undefined", True]
    assert tab.errors == []


def test_a_slider_moves_the_picture_and_a_run_is_told(tab):
    before = tab.run("document.getElementById('sentence').textContent")
    assert tab.run(MOVE) > 0
    assert tab.run("document.getElementById('sentence').textContent") != before
    tab.run("(page.step(1), null)")
    tab.wait("document.querySelector('#story .verdict') && !document.getElementById('story').hasAttribute('aria-busy')")
    assert re.search(r"Run \d+ ends \w+.*:", tab.run("document.getElementById('story').textContent"))
    assert tab.run("document.querySelectorAll('#story tbody tr').length") > 3


def test_it_is_as_wide_as_a_telephone(tab):
    tab.resize(390, 844)
    assert tab.run("document.documentElement.scrollWidth") <= 390
    tab.resize(1280, 900)


def test_an_address_that_nothing_can_play_is_said_and_does_no_harm(tab):
    said = "live.engine.play({values: {'public.residents': 5}, drop: []}, 0, page.state.shown).catch(error => error.message)"
    assert "cannot move public.residents" in tab.run(said)
    far = f"live.engine.play({{values: {{'{PRESTIGE}': 1e9}}, drop: []}}, 0, page.state.shown).catch(error => error.message)"
    assert f"{PRESTIGE}: expected" in tab.run(far)


@pytest.mark.parametrize("host", ["notebook", "report"])
def test_in_a_notebook_and_in_a_report_it_stands_in_a_frame(tab, live, scenario, host, tmp_path):
    cell = tmp_path / "cell.html"
    if host == "notebook":
        cell.write_text(f"<!doctype html><meta charset=utf-8>{live._repr_html_()}", "utf-8")
    else:
        cell.write_text(report(run(scenario.with_values({"public.residents": RESIDENTS}), runs=4), live=live.html), "utf-8")
    tab.call("browsingContext.navigate", context=tab.context, url="about:blank", wait="complete")
    tab.call("browsingContext.navigate", context=tab.context, url=cell.as_uri(), wait="complete")
    frame = tab.call("browsingContext.getTree")["contexts"][0]["children"][0]["context"]
    whole, tab.context = tab.context, frame
    try:
        tab.wait("window.page && page.drawn.plays > 0")
        tab.wait(CHECKED)
        assert tab.run("document.body.classList.contains('right')")
    finally:
        tab.context = whole
