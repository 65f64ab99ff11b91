"""The state of the world, one quantity an entry.

What belongs to a single rule is declared beside that rule instead.
"""

from ..engine.choice_rules import ALL_CHOICE_RULES
from ..engine.declare.parameter import category, quantity, state
from ..engine.time_step import MONTHS, USUAL
from .phases import AS_WRITTEN, ORDERS
from .roles import (
    CLAUSES,
    elite,
    faction,
    parent,
    patron,
    play,
    project,
    stratum,
    territory,
    voice,
    west,
)

BY_CLAUSE = {"by": "clause"}


def clauses(foreign_policy, defence, borders, law, welfare, citizenship_and_land):
    """One number for each clause, in the order in which treaties have them."""
    return {
        "foreign_policy": foreign_policy, "defence": defence, "borders": borders,
        "law": law, "welfare": welfare, "citizenship_and_land": citizenship_and_land,
    }  # fmt: skip


play.declares(
    choice_rule=category("quantal_response", tuple(ALL_CHOICE_RULES),
        "How every actor turns utilities into a move.", source="McKelvey and Palfrey 1995"),
    precision=quantity(15.0, 1, 200, "per utility",
        "How closely choices follow utilities among the considered options; its inverse is the "
        "scale of choice noise."),
    loss_aversion=quantity(2.25, 1, 4, "ratio",
        "How much larger than a gain a loss of the same size looms, under prospect theory.",
        source="Tversky and Kahneman 1992, median of 25 subjects", grade="estimated"),
    diminishing_sensitivity=quantity(0.88, 0.4, 1, "exponent",
        "How little the value of gains and losses flattens as they grow, under prospect theory; "
        "one is not at all.", source="Tversky and Kahneman 1992, median of 25 subjects",
        grade="estimated"),
    aspiration=quantity(0.05, 0.001, 1, "utility",
        "The gain over doing nothing that is good enough, under satisficing."),
    residents_precision=category("single", ("single", "double"),
        "How exactly residents are reckoned; in single precision twice as many fit into the same "
        "memory."),
    phase_order=category(AS_WRITTEN, ORDERS,
        "The order of play: as written, or with two neighbouring phases swapped."),
    time_step=category(USUAL, tuple(MONTHS),
        "How long a turn is. The horizon, dates, and all that is given by the quarter keep their "
        "calendar time."),
    after_war=category("ends_the_run", ("ends_the_run", "goes_on"),
        "Whether a war is the end of a run."),
)  # fmt: skip

patron.declares(
    policy=category("own_judgement", ("own_judgement",),
        "The mandate under which the patron acts; its motives stay what they are.",
        open_to="policies"),
    patron_types=quantity(0.4, 0, 1.5, "log sd",
        "How much the patron's motives differ between runs: which patron is this?"),
    prestige_climate=state(0.25, 0, 1, "index",
        "The mood in which a show of strength counts: high after an annexation, then fading."),
    attention=state(1.0, 0, 1, "index",
        "How much of the patron's attention is free for the territories."),
    sanctions=state(0.0, 0, 1, "index", "Western sanctions on the patron."),
    budget_pressure=state(0.3, 0, 1, "index", "Pressure on the patron's budget."),
    exchange_rate=state(1.0, 0.2, 2, "ratio",
        "Dollars for a unit of the patron's currency, relative to the start."),
    rulings_against_patron=state(0.0, 0, 1, "index",
        "How fresh rulings of international courts against the patron are."),
    condemnation=state(0.0, 0, 1, "index", "How loudly the West has lately condemned the patron."),
    war_elsewhere=state(0.0, 0, 1, "0 or 1",
        "Whether the patron wages war on a state outside the scenario."),
    recent_force=state(0.0, 0, 1, "index", "How fresh the patron's last large use of force is."),
    usual_asks=quantity(clauses(1, 1, 0.85, 0.8, 0.67, 0.9), 0, 1, "depth",
        "How deep the patron's draft goes, where a territory has no draft of its own.",
        source="as in Georgia: Russian draft of 13 October 2014, one reader's scores",
        grade="estimated", **BY_CLAUSE, fact=True, key="asks"),
    clause_interest=quantity(clauses(0.6, 1, 0.6, 0.6, 0.4, 0.2), 0, 2, "index",
        "How much the patron cares about a clause at the table.", **BY_CLAUSE),
    ask_step=quantity(1.0, 0.02, 1, "depth",
        "The largest deepening of a clause that one ask may demand."),
    ask_cool_down=quantity(10, 0, 40, "quarters",
        "How long the patron waits after one ask before the next in the same territory."),
)  # fmt: skip

west.declares(
    west_policy=category("own_judgement", ("own_judgement",),
        "The mandate under which the West acts; the motives of its voices stay what they are.",
        open_to="policies", key="policy"),
)  # fmt: skip

voice.declares(
    influence=quantity(0.33, 0, 1, "share", "How much of the West's weight this voice carries.",
        sums_to_one="as given"),
    caution=quantity(1.0, 0, 3, "ratio",
        "How dear this voice holds acting, relative to the West as a whole."),
    interest=state(0.6, 0, 1, "index",
        "This voice's own interest in the region, on which its offers rest."),
)  # fmt: skip

parent.declares(
    parent_policy=category("own_judgement", ("own_judgement",),
        "The mandate under which the parent acts; its motives stay what they are.",
        open_to="policies", key="policy"),
    parent_types=quantity(0.3, 0, 1.5, "log sd",
        "How much the parent's motives differ between runs."),
    channels=category("on", ("on", "off"),
        "Whether integration reaches the parent at all: both channels, and what is learnt from "
        "them."),
    grievance_channel=category("linear", ("off", "linear", "threshold"),
        "How integration turns into grievance."),
    accommodation_channel=category("linear", ("off", "linear", "threshold"),
        "How integration turns into acceptance."),
    grievance=quantity(1.0, 0, 3, "strength",
        "How strongly integration alienates the parent's government.", private=True),
    accommodation=quantity(0.6, 0, 3, "strength",
        "How strongly the parent adjusts to a fait accompli.", private=True),
    alienation=state(0.42, 0, 1, "index", "The parent government's sense of threat and grievance.",
        fact=True),
    acceptance=state(0.0, 0, 1, "index",
        "How far the parent has come to live with the fait accompli."),
    hardline_share=state(0.35, 0, 1, "share",
        "The weight of hard-liners inside the parent's government."),
    hardline_cabinet=state(0.0, 0, 1, "0 or 1",
        "Whether hard-liners lead the parent's government."),
    outrage=state(0.0, 0, 1, "index", "Outrage over a signature, fading within a year."),
    recent_integration=state(0.0, 0, 2, "depth",
        "Integration of late, weighted by how much the territories matter; the threshold looks "
        "at it."),
    western_alignment=state(0.55, 0, 1, "index",
        "How far the parent's policy is aligned with the West.", fact=True),
    public_opinion=state(0.72, 0, 1, "share", "Support for the West among the parent's public.",
        source="as in Georgia: NDI/CRRC, August 2014, NATO goal: 72 %", grade="documented",
        fact=True),
    political_normalisation=state(0.35, 0, 1, "index",
        "Talks that lead somewhere between patron and parent: relations that both sides must "
        "want.", fact=True),
    trade_and_travel=state(0.45, 0, 1, "index",
        "Trade, flights and visas between patron and parent: the patron's switch.", fact=True),
    recent_concessions=state(0.0, 0, 1, "index",
        "How much the parent has lately conceded: gestures to the patron, a hand held out across "
        "the line."),
    own_course=state(None, 0, 1, "index",
        "The western alignment that the parent tends to of its own accord; at the start what it "
        "has, unless set."),
    usual_alienation=state(None, 0, 1, "index",
        "The alienation that the parent is used to, from which alarm is counted; at the start "
        "what it has, unless set."),
    perceived_backlash=state(0.6, -0.5, 3, "strength",
        "The patron's estimate of grievance minus accommodation in this parent, in the units of "
        "their true strengths."),
    response_to_pushes=category("even", ("even", "saturating"),
        "Whether a push moves a parent alike wherever it stands, or less the nearer it is to the "
        "end of the scale."),
    tension=state(0.30, 0, 1, "index", "Tension at the dividing line.", fact=True),
    economy=state(0.0, -1, 1, "index", "The parent's economy, relative to normal."),
    mobilised_against_patron=state(0.0, 0, 1, "index",
        "Mobilisation against the patron in the parent's streets."),
    conciliatory_turn=state(0.0, 0, 1, "index",
        "How fresh a change from a hard-line cabinet to a conciliatory one is."),
    reception_of_patron=state(0.5, 0, 1, "index",
        "How the parent has lately received the patron: 0 denounces, 1 normalises."),
    western_support=state(0.2, 0, 1, "index", "What the West gives and promises to the parent.",
        fact=True),
    quarters_to_vote=state(11, 0, 80, "quarters", "Quarters until the parent's next election.",
        fact=True),
    quarters_of_war_left=state(0.0, 0, 80, "quarters",
        "For how much longer a war lasts of which the scenario tells."),
    at_war=state(0.0, 0, 1, "0 or 1", "Whether patron and parent are at war.",
        recomputed="war breaks out by itself, or is told by quarters_of_war_left"),
)  # fmt: skip

territory.declares(
    kin_of_the_parent=quantity(0.1, 0, 1, "share",
        "Share of the residents who are kin of the parent.", fact=True),
    land_access=quantity(1, 0, 1, "share",
        "How well the patron reaches the territory over land or sea.", fact=True),
    kin_across_the_border=quantity(0.0, 0, 1, "share",
        "How far the territory's people have kin with institutions of their own in the patron "
        "state next door.", fact=True),
    stake=quantity(0.4, 0, 1, "index",
        "What the territory itself is worth to the patron, strategically.", fact=True),
    salience=quantity(0.5, 0, 1, "index", "How much the territory matters to its parent.",
        fact=True),
    coercive_capacity=quantity(0.4, 0, 1, "index",
        "How well the elite can keep its people off the street.", fact=True),
    population=quantity(150, 1, 10000, "thousand people", "Residents.", fact=True),
    base_subsidy=quantity(1000, 0, 20000, "USD per head a year",
        "What the patron paid at the start.", fact=True),
    de_facto_control=quantity(0.8, 0, 1, "depth",
        "How deep the patron's control runs, whatever a treaty says.", fact=True),
    bases=state(1.0, 0, 1, "index", "The patron's troops and bases in the territory.", fact=True),
    recognition=state(1.0, 0, 1, "index", "How far the patron itself recognises the territory.",
        fact=True),
    recognisers=state(3, 0, 20, "states", "How many other states recognise the territory.",
        fact=True),
    dependence=state(0.7, 0, 1, "share", "Share of the budget that comes from the patron.",
        fact=True),
    asks=quantity(dict.fromkeys(CLAUSES), 0, 1, "depth",
        "How deep the patron's draft for this territory goes; as everywhere, unless set.",
        source="that of patron.asks", grade="estimated", **BY_CLAUSE, follows="usual_asks"),
    agreed=state(clauses(0.4, 0.6, 0.4, 0.3, 0.3, 0.2), 0, 1, "depth",
        "How deep the treaties in force go.", **BY_CLAUSE, fact=True),
    implemented=state(dict.fromkeys(CLAUSES), 0, 1, "depth",
        "How deep integration is carried out; at the start all that was agreed, unless set.",
        **BY_CLAUSE),
    scheduled=state(dict.fromkeys(CLAUSES), 0, 1, "depth",
        "How deep integration should be by the treaties' own schedule; at the start what is "
        "carried out, unless set.", **BY_CLAUSE),
    standing_subsidy=state(None, 0, 40000, "USD per head a year",
        "Subsidy promised from year to year; at the start the subsidy at the start, unless set."),
    quarters_since_raise=state(40, 0, 200, "quarters",
        "Quarters since the patron last raised the subsidy."),
    programme=state(0.0, 0, 40000, "USD per head a year",
        "Money promised by a treaty, on top of the subsidy at the start."),
    committed_money=state(0.0, 0, 40000, "USD per head a year",
        "Money signed for that has not become a programme yet."),
    subsidy_paid=state(None, 0, 40000, "USD per head a year",
        "Subsidy paid; at the start the subsidy at the start, unless set."),
    programme_due=state(0.0, 0, 40000, "USD per head a year",
        "Part of a programme that has fallen due."),
    good_news=state(0.0, 0, 1, "index",
        "How fresh the news of a promise on wages and pensions is."),
    subsidy_expected=state(None, 0, 40000, "USD per head a year",
        "Subsidy that people have come to expect; at the start what is paid, unless set."),
    subsidy_withheld=state(0.0, 0, 1, "share", "Share of the subsidy that the patron withholds."),
    engagement=state(0.0, 0, 1, "index",
        "How far the parent engages the territory without recognising it."),
    western_engagement=state(0.0, 0, 1, "index",
        "How far the West engages the territory without recognising it."),
    supply_cut=state(0.0, 0, 1, "index",
        "How far a supply of the territory is cut off: gas, power, a road."),
    displaced_people=state(0.0, 0, 10000, "thousand people",
        "People displaced from the territory by war."),
    annexed=state(0.0, 0, 1, "0 or 1", "Whether the patron has annexed the territory."),
    reintegrated=state(0.0, 0, 1, "0 or 1", "Whether the territory has settled with its parent."),
    endorsement=state(0.0, 0, 1, "0 or 1",
        "Whether the patron has endorsed a candidate for the coming vote."),
    fresh_signature=state(0.0, 0, 2, "depth",
        "How much deeper this turn's signature goes, over all clauses.",
        recomputed="it is what was signed in a turn; move agreed"),
    fresh_implementation=state(0.0, -1, 1, "depth",
        "How much was carried out this turn, over all clauses.",
        recomputed="it is what was carried out in a turn; move implemented"),
    treaty_template=state(0.0, 0, 1, "index",
        "How ready a template for a treaty lies in the curator's drawer."),
)  # fmt: skip

elite.declares(
    ruling=category("pragmatist", (), "The faction in office at the start.", open_to="factions"),
    clause_sovereignty=quantity(clauses(0.5, 0.3, 0.5, 0.5, 0.0, 1.8), 0, 3, "index",
        "How much of sovereignty a clause touches: land and citizenship are the red line.",
        **BY_CLAUSE),
    ruling_faction=state(None, 0, 20, "faction",
        "The faction in office, counted from 0; at the start the one named by `ruling`."),
    legitimacy=state(0.55, 0, 1, "index", "The legitimacy of the leader in office."),
    tenure=state(4, 0, 200, "quarters", "How long the leader has been in office."),
    perks=state(0.8, 0, 1, "index",
        "What nominal independence brings the ruling elite: offices, contracts, a flag."),
    ask_pending=state(0.0, 0, 1, "0 or 1", "Whether an ask of the patron waits for an answer."),
    quarters_stalled=state(0.0, 0, 20, "quarters", "How long the pending ask has been stalled."),
    quarters_since_ask=state(80, 0, 200, "quarters", "Quarters since the patron's last ask."),
    quarters_of_halt_left=state(0.0, 0, 40, "quarters",
        "For how much longer implementation is halted."),
    deal_owned=state(1.0, 0, 1, "0 or 1", "Whether the leader in office signed the last deal."),
    bid_pending=state(0.0, 0, 1, "0 or 1", "Whether a bid for accession is on the table."),
    bid_owned=state(1.0, 0, 1, "0 or 1", "Whether the leader in office made the pending bid."),
    accession_mandate=state(0.0, 0, 1, "index",
        "How fresh the mandate of a vote for accession is."),
    bid_refused=state(0.0, 0, 1, "index", "How fresh the memory of a refused bid is."),
    leaders_indicted=state(0.0, 0, 1, "index",
        "How far leaders of the territory are wanted by international courts."),
    suppression=state(0.1, 0, 1, "index",
        "How far the voice of the autonomy-minded is suppressed."),
    red_line_pressure=state(0.0, 0, 1, "index",
        "How hard recent deepening presses on what people hold sovereign."),
    elite_quarters_to_vote=state(12, 0, 80, "quarters",
        "Quarters until the territory's next election.", fact=True),
)  # fmt: skip

faction.declares(
    voter_quantile=quantity(0.5, 0.01, 0.99, "quantile",
        "The quantile of the voters' autonomy-mindedness at which the faction stands."),
)  # fmt: skip

stratum.declares(
    share=quantity(1.0, 0, 1, "share", "Share of the residents.", fact=True,
        sums_to_one="normalised"),
    prefers_accession=quantity(0.5, 0.01, 0.99, "share",
        "Share that prefers accession to the patron in surveys taken under its protection.",
        fact=True),
    enfranchised=quantity(1.0, 0, 1, "share", "Share that is admitted to vote."),
)  # fmt: skip

project.declares(
    cost=quantity(150, 1, 10000, "USD million", "What it costs to build."),
    yearly_benefit=quantity(2, 0, 5000, "USD million a year", "What it brings."),
    needs_parent=quantity(1, 0, 1, "0 or 1", "Whether the parent must consent."),
    needs_elite=quantity(1, 0, 1, "0 or 1", "Whether the territory's elite must consent."),
    project_agreed=state(0, 0, 1, "0 or 1", "Whether all parties have consented."),
    project_open=state(0, 0, 1, "0 or 1", "Whether it operates."),
)  # fmt: skip
