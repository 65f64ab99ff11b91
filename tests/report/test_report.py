"""Reports: sentences follow the data, the file is the same twice, titles stay text, and it can be made again."""

import re
import time
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest

from frozen_conflict_sim import load_scenario, run
from frozen_conflict_sim.analysis.atlas.maps import maps
from frozen_conflict_sim.analysis.comparison.difference_results import ContrastOf
from frozen_conflict_sim.ensemble import run_experiment
from frozen_conflict_sim.experiment.errors import NotComparable
from frozen_conflict_sim.explain.story import ending
from frozen_conflict_sim.files.problems import InputError
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.report import report, report_of_two
from frozen_conflict_sim.report.answer import answer
from frozen_conflict_sim.report.sections.reproduce import outcomes_sum
from frozen_conflict_sim.report.subject import Subject
from frozen_conflict_sim.results import Results, open_results

HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}\x1b[31m"
VOID = {"meta", "br", "img", "input", "link", "hr"}


class Reader(HTMLParser):
    """Reads a page: its tags, their attributes, its text; every tag must be closed in order."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.open, self.words = [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture(scope="session")
def scenario():
    return load_scenario("georgia_2014", {"quarters": 8, "public.residents": 50})


@pytest.fixture(scope="session")
def dilemma(scenario, tmp_path_factory):
    """Two policies over two uncertainties, with the channels on and off."""
    asked = {
        "question": "What does integration cost?",
        "scenario": scenario,
        "levers": {"patron.policy": ["swallow", "status_quo"]},
        "uncertainties": {"parent.grievance": {"from": 0.0, "to": 2.0}, "parent.accommodation": {"from": 0.0, "to": 1.2}},
        "design": {"kind": "sobol", "points": 16},
        "replicates": 2,
        "compare_with": {"parent.channels": "off"},
        "outcomes": ["western_alignment_at_end", "alienation_at_end", "railway_opened"],
        "seed": 3,
    }
    return run_experiment(asked, tmp_path_factory.mktemp("dilemma") / "results")


@pytest.fixture(scope="session")
def page(dilemma):
    return report(dilemma)


class Altered:
    """Results as they are, but for the values of one outcome."""

    def __init__(self, results, name, change):
        self._source, self._name, self._change = results._source, name, change

    def __getattr__(self, name):
        return getattr(self._source, name)

    def runs(self, *names):
        table = self._source.runs(*names)
        if self._name not in table.column_names:
            return table
        values = self._change(table[self._name].to_numpy().astype(float), table)
        import pyarrow as pa

        return table.set_column(table.column_names.index(self._name), self._name, pa.array(values))


def test_a_report_has_every_part_and_no_scripts(page):
    read = Reader(page)
    assert read.words
    headings = re.findall(r'<h2 id="([^"]+)"', page)
    wanted = ["answer", "dilemma", "endings", "over-time", "two-runs", "hangs-on", "theories", "record", "reproduce"]
    assert headings == wanted
    assert not {"script", "iframe", "object", "embed", "link", "base", "form"} & set(read.tags)
    assert all(not name.startswith("on") for _, attributes in read.attributes for name in attributes)
    links = [value for _, attributes in read.attributes for name, value in attributes.items() if name in ("href", "src")]
    assert {link.partition(":")[0] if link[0] != "#" else "#" for link in links} == {"#", "data"}
    used = {value for _, attributes in read.attributes for name, value in attributes.items() if name == "xlink:href"}
    assert all(value.startswith("#") for value in used)
    policy = next(attributes["content"] for tag, attributes in read.attributes if "http-equiv" in attributes)
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    assert "16 points are too few for a map" in read.text


def test_every_picture_has_its_finding_and_its_table(page):
    figures = re.findall(r"<figure>.*?</figure>", page, flags=re.DOTALL)
    assert len(figures) > 4
    for figure in figures:
        label = re.search(r'<svg role="img" aria-label="([^"]+)"', figure)[1]
        caption = re.search(r"<figcaption>(.*?)</figcaption>", figure, flags=re.DOTALL)[1]
        assert len(caption) > 30
        assert unescape(caption).replace("\N{NO-BREAK SPACE}", " ") in unescape(label)
        assert "<table" in figure
        assert "<text" in figure
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_same_results_give_the_same_bytes(dilemma, page):
    assert report(open_results(dilemma.path)) == page


def test_sentences_follow_the_data(dilemma):
    name = "georgia.western_alignment_at_end"

    def turned(values, table):
        return 1.0 - values

    def level(values, table):
        return np.full(len(values), 0.25)

    as_it_is = answer(Subject(dilemma))
    swallow, status_quo = (
        dilemma.runs.query(f"arm == 'base' and `patron.policy` == '{policy}'")[name].mean()
        for policy in ("swallow", "status_quo")
    )
    higher, lower = ("swallow", "status quo") if swallow > status_quo else ("status quo", "swallow")
    first = as_it_is[0]
    assert f"highest under {higher}, {max(swallow, status_quo):.3f}" in first or "does not differ" in first
    assert "with the coupling off" in first or "does not differ" in first
    other = answer(Subject(Results(Altered(dilemma, name, turned))))[0]
    assert f"highest under {lower}, {1 - min(swallow, status_quo):.3f}" in other or "does not differ" in other
    assert other != first
    assert "does not differ measurably by Moscow's policy" in answer(Subject(Results(Altered(dilemma, name, level))))[0]


def test_two_runs_that_diverged_are_told_with_what_was_weighed(dilemma, page):
    section = Reader(re.search(r"<section aria-labelledby=\"two-runs\">.*?</section>", page, flags=re.DOTALL)[0]).text
    numbers = [int(found) for found in re.findall(r"Run (\d+), ", section)]
    sides = dilemma.runs.set_index("run").loc[numbers]
    assert sides["stream"].nunique() == 1
    assert sides["patron.policy"].nunique() == 2
    for called in sides["class"]:
        assert ending(called) in section
    assert section.count("What Moscow weighed in") == 2
    assert "p " in section.partition("What Moscow weighed in")[2]


@pytest.fixture(scope="session")
def single(scenario):
    return run(scenario, runs=24, seed=5)


def test_one_scenario_is_set_beside_the_same_with_the_coupling_off(single):
    said = answer(Subject(single))
    value = single.runs["georgia.alienation_at_end"].mean()
    off = run(single.scenario.with_values({"parent.channels": "off"}), runs=24, seed=5).runs["georgia.alienation_at_end"].mean()
    assert f"alienation at the end is {value:.3f}" in said[0]
    assert f"the coupling off (both channels to the parent are off) it is {off:.3f}" in said[0]
    assert f"the difference is {value - off:+.3f}"[:-1] in said[0].replace("nothing", "+0.000")
    text = Reader(report(single)).text
    assert "coupling off against as it is" in text
    assert "uncertain values" in text


def test_a_hostile_title_stays_text(scenario):
    results = run(scenario.with_values({"title": HOSTILE, "quarters": 2}), runs=3, seed=5)
    text = report(results)
    read = Reader(text)
    assert "script" not in read.tags
    assert "img" not in read.tags
    assert "\x1b" not in text
    assert "{{ 7*7 }}" in read.text
    assert not any("onerror" in attributes for _, attributes in read.attributes)


def test_a_report_says_how_its_results_are_made_again(command, dilemma, page, tmp_path):
    blocks = dict(re.findall(r"<summary>([^<]+)</summary>\s*<pre>(.*?)</pre>", page, flags=re.DOTALL))
    (tmp_path / "experiment.yaml").write_text(unescape(blocks["experiment.yaml: the complete experiment"]), "utf-8")
    commands = unescape(re.search(r"<h3>Commands</h3>\s*<pre>(.*?)</pre>", page, flags=re.DOTALL)[1]).splitlines()
    for line in commands:
        command(*line.split()[1:], cwd=tmp_path)
    again = open_results(tmp_path / "results" / "again")
    assert again.manifest["study"] == dilemma.manifest["study"]
    assert again.manifest["study"] in page
    assert outcomes_sum(again) == outcomes_sum(dilemma)
    assert outcomes_sum(dilemma) in page
    assert (tmp_path / "results" / "again" / "report.html").read_text("utf-8") == page


def test_two_results_are_compared(scenario, single, tmp_path):
    other = run(scenario.with_values({"patron.policy": "swallow"}), runs=24, seed=5)
    text = report_of_two(single, other)
    assert report_of_two(single, other) == text
    read = Reader(text)
    assert "24 pairs of runs that use the same random numbers" in read.text
    assert "Two runs that diverged" in read.text
    assert "How to reproduce A" in read.text
    with pytest.raises(NotComparable, match="share no random numbers"):
        report_of_two(single, run(scenario, runs=2, seed=6))


def test_the_texts_and_the_record_are_shown_with_their_failures(single, tmp_path):
    line = {
        "claim": "Ask <and> lose",
        "quote": "“lose”",
        "source": "de Waal",
        "result": "fails",
        "evidence": "dated",
        "kind": "test",
    }
    board = {"held": 1, "tested": 2, "failing": ["asks"], "caveat": "Not a forecast.", "lines": [line], "passed": 3, "tests": 4}
    import json

    for name in ("statements", "scoreboard"):
        (tmp_path / f"{name}.json").write_text(json.dumps(board))
    text = Reader(report(single, validation=tmp_path)).text
    assert "1 of 2 statements of the texts come out of the model. It fails asks." in text
    assert "3 of 4 test patterns" in text
    assert "Ask <and> lose" in text
    with pytest.raises(InputError, match="write them by validate --out"):
        report(single, validation=tmp_path / "nowhere")
    (tmp_path / "statements.json").write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        report(single, validation=tmp_path)


def test_thousands_of_runs_are_reported_in_seconds_and_in_a_file_that_can_be_mailed(scenario):
    asked = {
        "question": "Is it fast?",
        "scenario": scenario.with_values({"quarters": 12, "public.residents": 50}),
        "levers": {"patron.policy": ["swallow", "salami", "status_quo", "conciliate", "lavrov"]},
        "uncertainties": {"parent.grievance": {"from": 0.0, "to": 2.0}, "parent.accommodation": {"from": 0.0, "to": 1.2}},
        "design": {"kind": "sobol", "points": 128},
        "replicates": 4,
        "outcomes": ["western_alignment_at_end", "alienation_at_end", "integration_at_end"],
        "keep": ["western_alignment", "alienation", "integration", "talks", "treatment"],
    }
    results = run_experiment(asked)
    assert results.manifest["counts"]["finished"] == 2560
    yardstick = _processor_time(lambda: FrozenConflictModel(load_scenario("georgia_2014"), 1, 1).run_to_end())
    texts = []
    spent = _processor_time(lambda: texts.append(report(results)))
    assert spent < 8 * yardstick  # a plain run takes 0.63 s of an idle processor, so this is 5 s
    (text,) = texts
    assert len(text.encode()) < 2_000_000
    plane = ("parent.grievance", "parent.accommodation")
    (drawn,) = maps(results, ContrastOf("patron.policy", "swallow", "status_quo"), plane, "western_alignment", shares=(1.0,))
    said = (
        f"Swallow rather than status quo raises Tbilisi's western alignment on {100 * drawn.horizons[0].sides.positive:.0f} %"
    )
    assert said in Reader(text).text


def _processor_time(call):
    """How long a call takes, in seconds of processor time."""
    start = time.process_time()
    call()
    return time.process_time() - start


def test_a_live_part_stands_in_the_page_to_the_letter(dilemma):
    live = f"<!doctype html><title>{HOSTILE}</title><script>const share = 5 % 3;</script>"
    text = report(dilemma, live=live)
    (frame,) = (attributes for tag, attributes in Reader(text).attributes if tag == "iframe")
    assert frame["srcdoc"] == live
    assert "allow-same-origin" not in frame["sandbox"]


def test_the_live_part_is_that_of_the_scenario(command, tmp_path):
    results = run(load_scenario("georgia_2014", {"quarters": 2, "public.residents": 50}), runs=8, out=tmp_path / "results")
    told = command("report", "results", "--live", cwd=tmp_path)
    text = (results.path / "report.html").read_text("utf-8")
    (frame,) = (attributes for tag, attributes in Reader(text).attributes if tag == "iframe")
    assert 'id="live-code"' in frame["srcdoc"]
    assert "compared here" in told.stderr
    assert len(text) < 5e6


def test_wrong_words_are_answered_in_a_line(command, tmp_path):
    assert "does not exist" in command("report", "nowhere", cwd=tmp_path, code=2).stderr
    assert "leave out --live, or OTHER" in command("report", "one", "two", "--live", cwd=tmp_path, code=2).stderr
