"""The page in Chromium and Firefox: everything that a reader does, by mouse and by keyboard."""

import json
from importlib.resources import files

import numpy as np
import pytest

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PRESTIGE = "patron.incentives.prestige"
TELL_AXE = """axe.run(document, {resultTypes: ['violations']}).then(found => found.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => one.id + ': ' + one.nodes.map(n => n.target).join(' ')))"""
SETTLED = """!page.latest.underWay && !page.latest.waiting
    && JSON.stringify(page.drawn.setting.values) === JSON.stringify(page.state.values)"""
DRAG = """(async () => {
    window.most = 0;
    let now = 0;
    const play = page.engine.play.bind(page.engine);
    page.engine.play = async (...all) => {
        window.most = Math.max(window.most, ++now);
        try { return await play(...all); } finally { now--; }
    };
    for (let at = 0; at < 40; at++) {
        page.set('patron.incentives.prestige', 0.011 * (at + 1), at === 39);
        await new Promise(done => setTimeout(done, 5));
    }
})()"""
MIDDLE = """(() => {
    const area = document.querySelector('#fan svg').getBoundingClientRect();
    return [area.x + area.width * 0.7, area.y + area.height * 0.5];
})()"""
SEARCH = """(() => {
    const field = document.getElementById('search');
    field.value = 'prestige incentives';
    field.dispatchEvent(new Event('input'));
})()"""
UNGUIDED = """(() => {
    const menu = document.getElementById('ghost');
    menu.value = 'unguided';
    menu.dispatchEvent(new Event('change'));
})()"""
UP, LOSS = "\ue013", "play.loss_aversion"


@pytest.fixture
def page(browser, server):
    """The page as it opens; nothing may be asked of any other host, and the console must stay free of errors."""
    browser.resize(1280, 900)
    browser.requests.clear()
    browser.errors.clear()
    browser.go(server.address)
    yield browser
    elsewhere = [one for one in browser.requests if not one.startswith((server.address, "about:", "data:", "blob:"))]
    assert elsewhere == []
    assert browser.errors == []


def set_value(page, key, value):
    """Set a value as its slider does, and wait for the picture."""
    page.run(f"page.set({json.dumps(key)}, {json.dumps(value)}, true)")
    settled(page)


def settled(page):
    page.wait(SETTLED)


def sentence(page):
    return page.run("document.getElementById('sentence').textContent")


def test_the_sentence_is_the_chart(page, answers):
    asked = {"values": {}, "drop": [], "runs": 64, "shown": answers.description["shown"]}
    median = answers.ask_play(asked)["fan"][2][-1]
    assert f"ends at {median:.2f} in the median run" in sentence(page)
    assert page.run("document.getElementById('sentence').getAttribute('aria-live')") == "polite"
    assert page.run("document.querySelector('#fan svg').getAttribute('aria-label')") == sentence(page)


def test_a_slider_moves_by_keyboard_and_leaves_a_ghost_of_the_setting_before(page):
    before = sentence(page)
    page.run("document.getElementById('search').focus()")
    page.run(SEARCH)
    page.run(f"document.getElementById('c-{PRESTIGE}-one').focus()")
    page.press(*[UP] * 6)
    page.wait(f"'{PRESTIGE}' in page.state.values")
    settled(page)
    assert page.run(f"document.getElementById('c-{PRESTIGE}').classList.contains('changed')")
    page.wait("document.getElementById('sentence').textContent.includes('before')")
    assert page.run("document.querySelectorAll('#fan .ghost').length") == 3
    assert sentence(page) != before
    page.wait("page.history.past.length >= 2 && page.gesture === null")
    while page.run("page.history.past.length > 1"):  # on a slow machine each key is a gesture
        page.run("document.getElementById('undo').click()")
    settled(page)
    assert page.run("Object.keys(page.state.values).length") == 0
    page.run("document.getElementById('redo').click()")
    settled(page)
    assert page.run(f"'{PRESTIGE}' in page.state.values")


def test_the_three_states_of_a_slider(page):
    key = "parent.grievance"
    buttons = f"[...document.getElementById('c-{key}').querySelectorAll('.modes button')]"
    for mode, kind in ((1, "object"), (2, "number"), (0, "undefined")):
        page.run(f"{buttons}[{mode}].click()")
        settled(page)
        assert page.run(f"typeof page.state.values['{key}']") == kind
        assert page.run(f"{buttons}.map(b => b.getAttribute('aria-pressed'))") == [str(at == mode).lower() for at in range(3)]
    assert page.run(f"document.querySelectorAll('[id=\"c-{key}\"] .own').length") == 1


def test_a_slider_says_when_nothing_depends_on_it_under_the_words_chosen(page, answers):
    said = f"document.getElementById('c-{LOSS}').querySelector('.still').hidden"
    page.run(f"(document.getElementById('search').value = '{LOSS}', page.controls.list(), null)")
    assert page.run(said) is False
    set_value(page, "play.choice_rule", "prospect_theory")
    page.wait(said)
    assert LOSS not in answers.ask_still({"values": {"play.choice_rule": "prospect_theory"}})["still"]


def test_a_fast_drag_is_answered_with_the_latest_and_one_at_a_time(page, answers):
    plays = answers.world.plays
    page.run(DRAG)
    settled(page)
    assert page.run("window.most") == 1
    assert page.run(f"page.drawn.setting.values['{PRESTIGE}']") == pytest.approx(0.44)
    assert 1 < answers.world.plays - plays < 40


def test_a_click_on_the_fan_follows_a_run_and_tells_it(page):
    page.click(*page.run(MIDDLE))
    page.wait("page.follow && document.querySelector('#fan .one')")
    page.wait("document.querySelector('#story .verdict')")
    run = page.run("page.state.run")
    assert f"Run {run} ends " in page.run("document.querySelector('#story .verdict').textContent")
    assert page.run("document.querySelectorAll('#treaties .one').length") == 2
    page.run("document.querySelector('#story .why').click()")
    page.wait("document.querySelector('#story .receipt .options .chosen')")
    page.run("document.querySelector('#fan svg').focus()")
    page.press("\ue015")
    page.wait(f"page.state.run === {(run + 1) % 64}")


def test_links_round_trip(page, server, answers):
    rng = np.random.default_rng(11)
    controls = [one for one in answers.description["controls"] if one["kind"] == "number" and not one["common"]]
    for number in range(25):
        values = {}
        for at in rng.choice(len(controls), 3, replace=False):
            one = controls[at]
            low, high = sorted(float(value) for value in rng.uniform(one["low"], one["high"], 2))
            values[one["key"]] = {"from": low, "to": high} if number % 3 == 0 else low
        state = {
            "values": values,
            "drop": ["Crimea"] if number % 2 else [],
            "shown": "georgia.alienation",
            "run": number,
            "ghost": "none",
        }
        told = page.run(f"""(async () => {{
            const {{fromFragment, toFragment, start}} = await import('./state.js');
            const link = toFragment({json.dumps(state)}, start(page.description.shown));
            const back = fromFragment('#' + link, page.description);
            const same = JSON.stringify(back) === JSON.stringify({json.dumps(state)});
            return {{same, again: toFragment(back, start(page.description.shown)) === link, link}};
        }})()""")
        assert told["same"], told
        assert told["again"], told
    page.go(server.address + "#" + told["link"])
    assert page.run("Object.keys(page.state.values).sort()") == sorted(values)
    assert page.run("location.hash.slice(1)") == told["link"]


def test_policies_events_and_ghosts(page):
    page.run("document.querySelector('input[name=policy][value=swallow]').click()")
    settled(page)
    page.wait("document.querySelector('#worlds .points li')")
    assert "part from the setting before" in page.run("document.getElementById('worlds').textContent")
    page.run(UNGUIDED)
    page.wait("document.getElementById('sentence').textContent.includes('no policy')")
    page.run("document.querySelector('#events input').click()")
    page.wait("page.state.drop.length === 1")
    settled(page)
    page.wait("document.querySelector('#map .zero')")
    assert "Against status quo" in page.run("document.getElementById('map-note').textContent")


def test_playing_a_part(page):
    page.run("[...document.querySelectorAll('#part button')].find(b => b.textContent === 'Sit down').click()")
    page.wait("document.querySelector('#part fieldset')")
    page.wait("document.querySelector('#part .odds .ending')")
    page.run("document.querySelector('#part .primary').click()")
    page.wait("document.querySelector('#part .happened')")
    assert page.run("page.follow.byHand")
    assert "would" in page.run("document.querySelector('#part em').textContent")
    assert page.run("page.follow.courses[page.state.shown].length") == 1
    assert page.run("document.querySelectorAll('#spread .one').length") == 0, "it is not at its end yet"
    for _ in range(7):
        page.wait("!document.querySelector('#part .table').hasAttribute('aria-busy')")
        page.run("document.querySelector('#part .primary')?.click()")
    page.wait("document.querySelector('#part .note').textContent.startsWith('This run ends ')")
    assert page.run("document.querySelectorAll('#spread .one').length") == 1


def test_pictures_and_data_are_saved_as_shown(page):
    saved = page.run("""(async () => {
        const {picture, table} = await import('./save.js');
        const data = table(page.description, page.view().chart, page.played.now, []);
        return [picture(document.querySelector('#fan svg'), 'T'), data];
    })()""")
    assert "<desc>T. " in saved[0]
    assert "var(" not in saved[0]
    rows = saved[1].strip().splitlines()
    assert len(rows) == 2 + 8
    assert rows[1].startswith("quarter,now: 5 %")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_everybody_can_use_it(page, width, scheme):
    page.resize(width, 844)
    page.run(f"document.documentElement.dataset.theme = '{scheme}'")
    page.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.run("page.step(1)")
    page.wait("document.querySelector('#story .verdict')")
    assert page.run("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.call("script.evaluate", expression=AXE, target={"context": page.context}, awaitPromise=False)
    assert page.run(TELL_AXE) == []


@pytest.mark.parametrize("panel", ["treaties", "ends", "story", "part"])
def test_on_a_narrow_screen_the_fan_stays_in_view_but_covers_no_other_panel(page, panel):
    page.resize(390, 844)
    page.run("document.getElementById('assumptions').scrollIntoView()")
    on_top = "document.elementFromPoint(190, 30).closest('section').id"
    assert page.run(on_top) == "result"
    page.run(f"document.getElementById('{panel}').closest('section').scrollIntoView()")
    covered = f"""(() => {{
        const title = document.getElementById('{panel}').closest('section').querySelector('h2');
        const at = title.getBoundingClientRect();
        return !title.contains(document.elementFromPoint(at.left + 5, at.top + 5));
    }})()"""
    assert not page.run(covered)


def test_an_update_keeps_the_page_quick_and_its_memory(page):
    busy = page.run("""(async () => {
        const found = [];
        for (let at = 0; at < 30; at++) { page.set('patron.incentives.prestige', 0.01 * at + 0.005, true);
            while (page.latest.underWay) await new Promise(r => setTimeout(r, 4)); found.push(page.drawn.busy); }
        return found.sort((a, b) => a - b)[15];
    })()""")
    assert busy < 60
    assert page.run("document.querySelectorAll('*').length") < 4000
