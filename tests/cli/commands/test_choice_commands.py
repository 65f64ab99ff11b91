"""The commands search, replies, signposts, poll, overturn and experts: what they print and store, and what they refuse."""

import json
import re

import pytest

SEARCHED = """\
question: What is good?
scenario: short.yaml
levers: {patron.policy: [swallow, status_quo, measured]}
uncertainties: {parent.grievance: {from: 0.0, to: 2.0}}
design: {kind: sobol, points: 4}
replicates: 2
search:
  objectives:
    georgia.alienation_at_end: {better: lower, enough: 0.4}
    abkhazia.integration_at_end: higher
  numbers: {step: {from: 0.05, to: 0.4}}
  policies:
    measured:
      description: Ask for some at a time.
      patron: {ask_step: $step, mandatory: [treatment.ask_for_deeper_integration]}
  trials: 5
seed: 7
"""
STUDY = """\
question: Do they settle?
scenario: short.yaml
levers:
  patron.policy: [swallow, status_quo]
  parent.response_to_pushes: [even, saturating]
uncertainties: {parent.grievance: {from: 0.0, to: 2.0}}
design: {kind: sobol, points: 32}
replicates: 2
keep: [georgia.alienation]
seed: 2
"""
EXPERTS = """\
question: How does Tbilisi take integration?
scenario: short.yaml
experts:
  A. Historian: {parent.grievance: {from: 0.2, to: 0.8}}
  B. Diplomat:
    weight: 2
    parent.grievance: {from: 1.2, to: 1.9}
"""
SHORT = "extends: georgia_2014\nquarters: 6\npublic: {residents: 50}\n"
ALIENATION = ("--outcome", "georgia.alienation_at_end", "--better", "lower")


@pytest.fixture(scope="module")
def chosen(place, command):
    """A folder with an experiment to search, experts, and the results of a study of two actors in ``results/two``."""
    folder = place / "choice"
    folder.mkdir()
    files = {"short": SHORT, "searched": SEARCHED, "two": STUDY, "asked": EXPERTS, "few": STUDY.replace("32", "4")}
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    for name in ("two", "few"):
        command("batch", f"{name}.yaml", "--quiet", cwd=folder)
    return folder


@pytest.fixture(scope="module")
def searched(chosen, command):
    """The output of a search into ``robust``."""
    return command("search", "searched.yaml", "--out", "robust", cwd=chosen)


def told(run):
    """The sentences of an output, without line breaks."""
    return " ".join(run.stdout.split())


def test_a_search_prints_and_stores_the_frontier_and_is_resumed(searched, chosen, command):
    assert "Least regret: policy" in told(searched)
    assert (chosen / "robust" / "search.svg").stat().st_size > 1000
    stored = json.loads((chosen / "robust" / "search.json").read_text("utf-8"))
    log = (chosen / "robust" / "trials.jsonl").read_text("utf-8")
    again = command("search", "searched.yaml", "--out", "robust", "--json", "--quiet", cwd=chosen)
    assert json.loads(again.stdout) == stored
    assert (chosen / "robust" / "trials.jsonl").read_text("utf-8") == log, "nothing is tried twice"


def test_replies_say_where_the_actors_settle(chosen, command):
    out = command("replies", "results/two", *ALIENATION, cwd=chosen)
    assert re.search(r"settle|go round", told(out))
    data = json.loads(command("replies", "results/two", *ALIENATION, "--json", cwd=chosen).stdout)
    assert [player["lever"] for player in data["players"]] == ["patron.policy", "parent.response_to_pushes"]
    assert all(payoff > 0 for profile in data["profiles"] for payoff in profile["payoffs"]), "what they get, not its negative"


def test_signposts_say_what_to_watch_for(chosen, command):
    words = ("signposts", "results/two", "swallow", "status_quo", *ALIENATION)
    assert "swallow" in told(command(*words, cwd=chosen))
    assert json.loads(command(*words, "--json", cwd=chosen).stdout)["first"] == "swallow"


def test_a_poll_is_printed_and_stored(chosen, command):
    out = command("poll", "results/two", *ALIENATION, "--out", "poll", cwd=chosen)
    assert "grievance" in out.stdout
    assert (chosen / "poll" / "poll.svg").stat().st_size > 1000
    data = json.loads(command("poll", "results/two", *ALIENATION, "--json", cwd=chosen).stdout)
    assert data == json.loads((chosen / "poll" / "poll.json").read_text("utf-8"))


def test_experts_are_pooled_and_their_pool_can_be_drawn_from(chosen, command):
    out = command("experts", "asked.yaml", "--runs", 100, "--out", "experts", cwd=chosen)
    assert "A. Historian" in out.stdout
    assert (chosen / "experts" / "pooled.csv").read_text("utf-8").startswith("parent.grievance")
    data = json.loads(command("experts", "asked.yaml", "--runs", 100, "--json", cwd=chosen).stdout)
    assert data == json.loads((chosen / "experts" / "experts.json").read_text("utf-8"))


def test_a_finding_is_overturned(chosen, command):
    short = ("--set", "quarters=8", "--set", "public.residents=50", "--runs", 100)
    out = command("overturn", "signed_soon", *short, "--out", "turned", cwd=chosen)
    stored = json.loads((chosen / "turned" / "overturn.json").read_text("utf-8"))
    (found,) = stored["findings"]
    assert found["sentence"] in told(out)
    assert found["finding"] == "signed_soon"
    assert (chosen / "turned" / "overturn.svg").stat().st_size > 1000


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["search", "two.yaml"], "needs an experiment with a section search"),
        (["search", "searchd.yaml"], "did you mean"),
        (["search", "searched.yaml", "--sampler", "tpee", "--out", "none"], "tpe"),
        (["replies", "results/none"], "does not exist"),
        (["replies", "results/two", "--outcome", "georgia.alienatoin_at_end"], "did you mean 'georgia.alienation_at_end'"),
        (["signposts", "results/two", "swallow", "conciliat"], "has both values, 'swallow' and 'conciliat'"),
        (["signposts", "results/two", "swallow", "swallow"], "both are 'swallow'"),
        (["poll", "results/few"], "at least 32"),
        (["poll", "results/two", "--outcome", "alienation_at_ende"], "did you mean"),
        (["experts", "two.yaml"], "two.yaml:3:1: levers: unknown key; did you mean 'experts'?"),
        (["experts", "nobody.yaml"], "there is no such file"),
        (["experts", "asked.yaml", "--runs", 100, "--outcome", "alienatoin_at_end"], "did you mean"),
        (["overturn", "signed_son"], "did you mean 'signed_soon'"),
        (["overturn", "signed_soon", "--set", "patron.ask_stp=1"], "did you mean"),
    ],
)
def test_bad_input_is_one_sentence(chosen, command, words, says):
    run = command(*words, cwd=chosen, code=2)
    assert says in run.stderr
    assert run.stdout == ""
