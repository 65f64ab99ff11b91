"""What must come out of the model, in regimes rather than numbers: who signs, what money buys, what makes the dilemma."""

import numpy as np
import pytest
import yaml

from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES
from frozen_conflict_sim.scenario import load_scenario
from frozen_conflict_sim.scenario.shipped import shipped_folder

TERRITORIES = ("abkhazia", "south_ossetia")
MANY, SEVERAL = 500, 150
FEW_RESIDENTS = {"public.residents": 100}

NOBODY_MOVES = """
patron: {policy: hands_off}
policies:
  hands_off:
    description: Ask for nothing, pay what was promised.
    patron:
      forbidden: [treatment.ask_for_deeper_integration, treatment.raise_subsidy, treatment.withhold_subsidy]
territory: {bases: 0.18, recognition: 0.0}
parents: {georgia: {tension: 0.6, usual_tension: 0.6}}
events:
  - {name: fall of the rouble, remove: true}
  - {name: slump in Russia, remove: true}
"""
CUT = """
  - {name: a cut, at: 2016-01, shock: {territories.south_ossetia.standing_subsidy: -1400}}
"""
RAISE = """
  - {name: a raise, at: 2016-01, shock: {territories.south_ossetia.standing_subsidy: 1400}}
"""
CALM = """
  - {name: calm at the line, from: 2016-01, to: 2023-10, trend: {parents.georgia.tension: -0.6}}
"""
FIRST_TURN = 8  # of 2016


@pytest.fixture(scope="module")
def base(shipped):
    return shipped(runs=MANY)


def signed(played, territory="south_ossetia"):
    return played.outcomes[f"{territory}.treaty_signed"] > 0.5


# Moscow and its treaties


def test_south_ossetia_signs_within_two_years_in_most_runs(base):
    assert (base.outcomes["south_ossetia.treaty_quarter"] <= 8).mean() > 0.5


@pytest.mark.parametrize("rule", CHOICE_RULES)
def test_without_motives_hardly_a_treaty_is_ever_signed(rule, shipped):
    motives = {"patron.incentives.prestige": 0.02, "patron.incentives.control": 0.02, "play.choice_rule": rule}
    played = shipped(values=motives | FEW_RESIDENTS, runs=SEVERAL)
    for territory in TERRITORIES:
        assert signed(played, territory).mean() < 0.05


@pytest.mark.parametrize("rule", ["best_response", "satisficing"])
def test_a_best_answer_and_a_good_enough_one_sign_too(rule, shipped):
    assert (shipped(values={"play.choice_rule": rule}).outcomes["south_ossetia.treaty_quarter"] <= 8).mean() > 0.5


def test_a_moscow_to_whom_losses_loom_signs_ever_less(shipped):
    fears = [
        {"play.choice_rule": "prospect_theory", "play.diminishing_sensitivity": 1.0, "play.loss_aversion": fear}
        for fear in (1.0, 1.4, 2.25)
    ]
    signs = [
        (shipped(values=fear | FEW_RESIDENTS, runs=SEVERAL).outcomes["south_ossetia.treaty_quarter"] <= 8) for fear in fears
    ]
    without = shipped(values=FEW_RESIDENTS, runs=SEVERAL).outcomes["south_ossetia.treaty_quarter"] <= 8
    assert signs[0].mean() == pytest.approx(without.mean(), abs=0.01)  # losses as large as gains: nothing but the logit
    assert signs[0].mean() - 0.1 > signs[1].mean() > signs[2].mean() + 0.1


def test_prestige_leads_smoothly_to_a_treaty(georgia, play):
    weights = np.arange(0.0, 1.3, 0.15)
    address = ("patron", "moscow", "prestige", "")
    stream_numbers = np.tile(np.arange(SEVERAL), len(weights))
    played = play(georgia, stream_numbers=stream_numbers, given={address: np.repeat(weights, SEVERAL)})
    treaty, annexation = (
        played.outcomes[f"south_ossetia.{what}"].reshape(-1, SEVERAL) for what in ("treaty_signed", "annexed_at_end")
    )
    either = np.maximum(treaty, annexation).mean(axis=1)
    assert either[0] < 0.2
    assert either[-1] > 0.9
    assert np.diff(either).min() > -0.02
    assert np.diff(either).max() < 0.45
    assert annexation.mean(axis=1).max() < 0.1, "accession has its price, whatever the prestige"


# Who gets what


def test_south_ossetia_gives_more_of_what_is_asked_than_abkhazia(base):
    both = signed(base, "abkhazia") & signed(base, "south_ossetia")
    gap = (base.outcomes["south_ossetia.depth_gained"] - base.outcomes["abkhazia.depth_gained"])[both]
    assert both.sum() > 200
    assert (gap >= 0.15).mean() >= 0.80


def swapped():
    """The base scenario with all that is said of the two territories exchanged."""
    whole = yaml.safe_load((shipped_folder() / "georgia_2014.yaml").read_text("utf-8"))
    one, other = TERRITORIES
    whole["territories"] = {one: whole["territories"][other], other: whole["territories"][one]}
    whole["projects"]["railway"]["territory"] = other
    return yaml.safe_dump(whole, allow_unicode=True)


def test_swapping_the_territories_data_swaps_their_outcomes(base, tmp_path, play):
    path = tmp_path / "swapped.yaml"
    path.write_text(swapped(), "utf-8")
    mirror = play(load_scenario(path), MANY)
    strata = {
        name.split(".")[1] for name in base.outcomes if name.endswith("prefers_accession_at_end") and name.count(".") == 2
    }
    far_from_itself = set()
    for territory, other in (TERRITORIES, TERRITORIES[::-1]):
        for name, values in base.outcomes.items():
            owner, outcome = name.split(".", 1)
            if owner != territory or outcome.split(".")[0] in strata:
                continue
            assert apart(values, mirror.outcomes[f"{other}.{outcome}"]) < 4.5, name
            if apart(values, mirror.outcomes[name]) > 4.5:
                far_from_itself.add(outcome)
    assert {"depth_gained", "support_at_end", "subsidy_bill", "forced_exits", "bids", "silencings"} <= far_from_itself


def apart(these, those):
    """The distance of two means in standard errors."""
    these, those = these[np.isfinite(these)], those[np.isfinite(those)]
    if not len(these) or not len(those):
        return 0.0
    error = np.sqrt(these.var() / len(these) + those.var() / len(those))
    return abs(these.mean() - those.mean()) / max(error, 1e-3)


# What money and fear buy


def lost(what_if, quantity, *events):
    """What some events take from one of South Ossetia's quantities, by run and turn, when nobody moves."""
    usual, then = (what_if(NOBODY_MOVES + "".join(added), SEVERAL) for added in ((), events))
    return usual.trajectories[f"south_ossetia.{quantity}"] - then.trajectories[f"south_ossetia.{quantity}"]


def test_without_money_and_fear_south_ossetian_support_falls(what_if):
    soon, late = {}, {}
    for events in ((CUT,), (CALM,), (CUT, CALM)):
        fall = lost(what_if, "mean_support", *events)
        assert (fall[:, FIRST_TURN + 6] > 0.0).mean() > 0.95
        soon[events], late[events] = fall[:, FIRST_TURN + 2 : FIRST_TURN + 8].mean(), fall[:, FIRST_TURN + 20 :].mean()
    assert min(soon.values()) > 0.02
    assert soon[CUT, CALM] > 1.3 * max(soon[CUT,], soon[CALM,])
    assert late[CALM,] > 3.0 * late[CUT,], "money is got used to, protection is not"


def test_more_money_at_a_constant_level_buys_no_lasting_support(what_if):
    gain = -lost(what_if, "mean_support", RAISE).mean(axis=0)
    assert gain[FIRST_TURN : FIRST_TURN + 8].max() > 0.02
    assert abs(gain[-1]) < 0.005


def test_a_cut_costs_the_incumbent(what_if):
    usual, cut = (what_if(NOBODY_MOVES + event, SEVERAL).outcomes for event in ("", CUT))
    usually_beaten, beaten = (np.nanmean(outcomes["south_ossetia.incumbents_beaten"]) for outcomes in (usual, cut))
    assert beaten > usually_beaten + 0.15
    assert cut["south_ossetia.forced_exits"].mean() > usual["south_ossetia.forced_exits"].mean() + 0.15


# The dilemma


STRENGTHS = {
    "grievance alone": (1.0, 0.0),
    "accommodation alone": (0.0, 1.0),
    "no grievance": (0.0, 0.6),
    "much grievance": (2.0, 0.6),
}
EACH = 100


@pytest.fixture(scope="module")
def treaties(georgia, play):
    """Outcomes of a Moscow that asks for everything, and of one that asks for nothing, under each strength of the channels."""

    def arm(policy, channels):
        addresses = [("parent", "georgia", name, "") for name in ("grievance", "accommodation")]
        given = dict(zip(addresses, np.repeat(list(STRENGTHS.values()), EACH, axis=0).T))
        setting = georgia.with_values({"patron.policy": policy, "parent.channels": channels})
        return play(setting, stream_numbers=np.tile(np.arange(EACH), len(STRENGTHS)), given=given).outcomes

    return {(policy, channels): arm(policy, channels) for policy in ("swallow", "status_quo") for channels in ("on", "off")}


def effect(treaties, outcome, strength, channels="on"):
    """What asking for everything does to one of Tbilisi's outcomes, on average, compared with the same runs without it."""
    at = list(STRENGTHS).index(strength)
    arms = [treaties[policy, channels][f"georgia.{outcome}"].reshape(-1, EACH)[at] for policy in ("swallow", "status_quo")]
    return (arms[0] - arms[1]).mean()


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize(
    "outcome", ["alienation_at_end", "western_alignment_at_end", "alienation_on_average", "western_alignment_on_average"]
)
def test_without_both_channels_there_is_no_dilemma(outcome, strength, treaties):
    assert abs(effect(treaties, outcome, strength, channels="off")) < 0.001


def test_grievance_alone_pushes_the_parent_west(treaties):
    assert effect(treaties, "alienation_on_average", "grievance alone") > 0.05
    assert effect(treaties, "western_alignment_on_average", "grievance alone") > 0.03


def test_accommodation_alone_holds_it_back(treaties):
    assert effect(treaties, "western_alignment_on_average", "accommodation alone") < -0.03


def test_moscow_learns_how_the_parent_answers(treaties):
    belief = treaties["swallow", "on"]["georgia.perceived_backlash_at_end"].reshape(-1, EACH).mean(axis=1)
    learnt = dict(zip(STRENGTHS, belief))
    assert learnt["no grievance"] < 0.4 < 0.8 < learnt["much grievance"]
    assert np.ptp(treaties["swallow", "off"]["georgia.perceived_backlash_at_end"]) == 0.0, (
        "with the channels off there is no lesson"
    )


# The street


def test_no_street_runs_away(what_if, base):
    shock = "{territories.abkhazia.elite.legitimacy: -0.6, territories.south_ossetia.elite.legitimacy: -0.6}"
    no_war = "parent: {clash_hazard: 0.0}\n"
    shaken = what_if(f"{no_war}events:\n  - {{name: disgrace, at: 2016-01, shock: {shock}}}", SEVERAL).trajectories
    full = (shaken["abkhazia.mobilisation"] > 0.1)[:, FIRST_TURN:]
    assert full[:, :2].any(axis=1).mean() > 0.9
    to_the_end = base.outcomes["georgia.war"] == 0.0  # after a war that ends a run everything stays as it was
    for street in (base.trajectories["abkhazia.mobilisation"][to_the_end], shaken["abkhazia.mobilisation"]):
        assert longest(street > 0.1).max() <= 14
        assert np.percentile(longest(street > 0.1), 95) <= 8


def longest(full):
    """For how many turns running something held at most, run by run."""
    running = most = np.zeros(len(full))
    for turn in full.T:
        running = np.where(turn, running + 1, 0)
        most = np.maximum(most, running)
    return most
