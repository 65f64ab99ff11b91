"""Agents act: a removed one does nothing, a replaced one decides for itself, and all others decide as the rules have it."""

import warnings

import numpy as np
import pytest

from frozen_conflict_sim.model.agents import Actor, Public, follows_rules
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import load_scenario

ASK = "ask_for_deeper_integration"
TREATMENT = declared.decisions["patron.treatment"]
TURNS = 12


@pytest.fixture(scope="module")
def georgia():
    return load_scenario("georgia_2014").with_values({"public.residents": 50, "quarters": TURNS})


@pytest.fixture
def play(georgia):
    """Play the Georgian scenario, by default on arrays; the models are released afterwards."""
    models = []

    def play(runs=1, seed=5, compiled=False, **more):
        models.append(FrozenConflictModel(georgia, runs=runs, seed=seed, compiled=compiled, **more))
        return models[-1]

    yield play
    for model in models:
        model.release()


def tables(model):
    """All numbers of a model that was played to its end, by kind and column."""
    parts = {"outcome": model.outcomes(), "trajectory": model.trajectories(), "decision": model.decisions()}
    return {f"{kind} {name}": values for kind, table in parts.items() for name, values in table.items()}


def assert_same(one, other):
    one, other = tables(one), tables(other)
    assert one.keys() == other.keys()
    assert [name for name in one if not np.array_equal(one[name], other[name], equal_nan=True)] == []


class ByTheRules(Actor):
    """Follows the rules, but has a method of its own."""

    def decide(self, decision):
        return super().decide(decision)


class Asks(Actor):
    """Asks for a deeper treaty whenever it may."""

    def decide(self, decision):
        return ASK if decision is TREATMENT else None


class Boycotts(Public):
    """Does not vote, and lives by the rules."""

    def vote(self, ballot):
        return None


class Elects(Public):
    """Elects the integrationist, whoever stands."""

    def vote(self, ballot):
        return "integrationist"


def test_agents_that_follow_the_rules_decide_the_same_alone_and_together(play):
    everybody = ["Moscow", "Tbilisi", "Sukhumi", "Tskhinvali", "NATO", "the EU", "the United States"]
    model = play(7, agents=dict.fromkeys(everybody, ByTheRules))
    assert model.changed_agents == everybody
    assert_same(model.run_to_end(), play(7).run_to_end())


def test_of_a_removed_agent_nothing_comes(play):
    model = play(9, keep_receipts=True)
    model.agent("Moscow").remove()
    model.agent("the EU").remove()
    model.run_to_end()
    for column, chosen in model.decisions().items():
        if column.startswith(("moscow.", "eu.")):
            assert not chosen.any(), column
    outcomes = model.outcomes()
    assert not outcomes["moscow.utility"].any()
    assert not outcomes["eu.utility"].any()
    assert outcomes["nato.utility"].any()
    assert model.changed_agents == ["Moscow", "the EU"]


def test_a_removed_public_stays_as_it_is_and_does_not_vote(play):
    model, whole = play(9), play(9).run_to_end()
    model.agent("the public of Abkhazia").remove()
    model.run_to_end()
    for name in ("abkhazia.mean_support", "abkhazia.ruling_faction"):
        trajectory = model.trajectories()[name]
        assert (trajectory == trajectory[:, :1]).all(), name
    assert model.outcomes()["abkhazia.votes_held"].any()
    assert np.ptp(whole.trajectories()["abkhazia.mean_support"], axis=1).max() > 0.0
    assert np.ptp(model.trajectories()["south_ossetia.mean_support"], axis=1).max() > 0.0


def test_who_answers_with_a_name_does_that_wherever_it_is_open(play):
    model, by_the_rules = play(20, agents={"Moscow": Asks}).run_to_end(), play(20).run_to_end()
    asks = TREATMENT.options.index(next(option for option in TREATMENT.options if option.name == ASK))
    chosen = [model.decisions()[f"moscow.treatment.{name}"] for name in ("abkhazia", "south_ossetia")]
    assert {int(option) for each in chosen for option in np.unique(each)} == {0, asks}
    assert all((each == asks).any(axis=1).all() for each in chosen), "in every run"
    assert not np.logical_and(*(each == asks for each in chosen)).any(), "one ask a turn"
    assert model.outcomes()["moscow.treaties"].mean() > by_the_rules.outcomes()["moscow.treaties"].mean()


def test_an_answer_may_differ_between_members_and_runs(play):
    class Generous(Actor):
        def decide(self, decision):
            half = np.where(np.arange(self.model.runs) < 5, "raise_subsidy", "hold")
            return {"abkhazia": half} if decision is TREATMENT else super().decide(decision)

    model = play(10, agents={"Moscow": Generous}).run_to_end()
    raises = model.outcomes()
    assert (raises["abkhazia.raises"][:5] > 0).all()
    assert not raises["abkhazia.raises"][5:].any()
    assert not raises["south_ossetia.raises"].any()


def test_a_method_of_a_single_agent_counts_as_well(play):
    model = play()
    moscow = model.agent("Moscow")
    assert follows_rules(moscow)
    moscow.decide = lambda decision: None
    assert not follows_rules(moscow)
    model.run_to_end()
    assert not any(chosen.any() for column, chosen in model.decisions().items() if column.startswith("moscow."))


def test_what_a_policy_forbids_nobody_does(play):
    model = play(5, agents={"Moscow": Asks}, **{"patron.policy": "status_quo"}).run_to_end()
    assert not model.outcomes()["moscow.treaties"].any()


def test_publics_vote_through_their_own_method(play):
    faction = declared.roles["faction"].level
    model = play(30, seed=3, agents={"the public of Abkhazia": Elects, "the public of South Ossetia": Boycotts}).run_to_end()
    votes = model.outcomes()["abkhazia.votes_held"] > 0
    assert votes.any()
    wanted = model.setting.entities[faction].index("integrationist")
    assert (model.trajectories()["abkhazia.ruling_faction"][votes].max(axis=1) == wanted).all()
    ruling = model.trajectories()["south_ossetia.ruling_faction"]
    assert (ruling == ruling[:, :1]).all()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            "ask_for_deeper_integratoin",
            f"Moscow on treatment knows no option 'ask_for_deeper_integratoin'; did you mean '{ASK}'?",
        ),
        ({"abkhasia": ASK}, "is not asked about 'abkhasia'; did you mean 'abkhazia'?"),
        ([ASK] * 3, "expected one answer, or an array of the shape"),
        *((answer, f"or an index from 0 to 4 without decimals, found {answer!r}") for answer in (99, -1, 1.7, 0.999, b"hold")),
        (float("nan"), "without decimals, found nan"),
        ([0, 1.5], r"without decimals, found 1\.5"),
    ],
)
def test_a_wrong_answer_is_refused(play, answer, message):
    class Mistaken(Actor):
        def decide(self, decision):
            return answer if decision is TREATMENT else None

    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        play(2, agents={"Moscow": Mistaken}).run_to_end()


def test_a_seat_has_one_agent(play):
    model = play()
    moscow = model.agent("Moscow")
    with pytest.raises(ValueError, match=r"Moscow is there already; call its remove\(\) first"):
        Asks(model, moscow.role, moscow.member)
    with pytest.raises(KeyError, match="there is no agent 'Mosco'; there are the public of Abkhazia"):
        model.replace("Mosco", Asks)
    moscow.remove()
    assert Asks(model, moscow.role, moscow.member).name == "Moscow"


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("Moscow", int, "^Moscow: expected a subclass of Actor, found <class 'int'>$"),
        ("Moscow", "x", "^Moscow: expected a subclass of Actor, found 'x'$"),
        ("Moscow", Public, "^Moscow: expected a subclass of Actor, found <class .*Public'>$"),
        ("the public of Abkhazia", Asks, "^the public of Abkhazia: expected a subclass of Public, found <class .*Asks'>$"),
    ],
)
def test_a_seat_is_for_an_agent_of_its_kind(play, name, kind, message):
    with pytest.raises(TypeError, match=message):
        play(agents={name: kind})
    model = play()
    with pytest.raises(TypeError, match=message):
        model.replace(name, kind)
    assert model.changed_agents == [], "the old agent keeps its seat"


def test_a_replacement_counts_from_then_on(play):
    model, whole = play(4), play(4).run_to_end()
    for _ in range(5):
        model.step()
    model.replace("Moscow", Asks)
    model.run_to_end()
    early, late = slice(0, 5), slice(5, TURNS)
    mine, rules = (each.decisions()["moscow.talks.georgia"] for each in (model, whole))
    assert np.array_equal(mine[:, early], rules[:, early])
    assert rules[:, late].any()
    assert not mine[:, late].any()


def test_an_ensemble_whose_agents_were_changed_plays_on_arrays_and_says_so(play):
    whole = play(40, compiled=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        whole.run_to_end()
    assert whole.compiled
    for played in (0, 5):
        model = play(40, compiled=True)
        for _ in range(played):
            model.step()
        model.replace("Tskhinvali", ByTheRules)
        with pytest.warns(UserWarning, match="because agents were changed: Tskhinvali"):
            model.run_to_end()
        assert model.compiled is None
        assert_same(model, whole)


def test_a_large_ensemble_that_starts_with_changed_agents_says_so(play):
    with pytest.warns(UserWarning, match="because agents were changed: Moscow"):
        model = play(200, compiled=None, agents={"Moscow": Asks})
    assert model.compiled is None


def test_what_mesa_does_with_agents_it_does_with_these(play):
    model = play()
    roles = model.actors.groupby(lambda agent: agent.role.name)
    assert {name: len(group) for name, group in roles} == {"patron": 1, "parent": 1, "elite": 2, "voice": 3}
    assert sorted(model.publics.get("member")) == ["abkhazia", "south_ossetia"]
    model.agents.select(lambda agent: agent.name.startswith("the public")).do("remove")
    assert len(model.publics) == 0
    model.actors.do("remove")
    model.run_to_end()
    assert not any(chosen.any() for chosen in model.decisions().values())


def test_an_agent_reads_the_values_of_others_by_member(play):
    moscow = play(3).agent("Moscow")
    assert moscow.reads("dependence", about="abkhazia") == pytest.approx(np.full(3, 0.62))
    assert moscow.reads("political_normalisation", about="georgia").shape == (3,)
    with pytest.raises(ValueError, match=r"'abkhasia' is no member of the scenario; did you mean 'abkhazia'\?"):
        moscow.reads("dependence", about="abkhasia")
    with pytest.raises(ValueError, match=r"Moscow reads 'trade_and_travl', .*; did you mean 'trade_and_travel'\?"):
        moscow.reads("trade_and_travl", about="georgia")
    with pytest.raises(ValueError, match=r"Moscow reads 'xyzzy', .*; the command parameters searches for names"):
        moscow.reads("xyzzy")
