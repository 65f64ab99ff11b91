"""How acts and chance events are told, in the third person, and the words that ask for acts.

A phrase follows the name of who acts; ``{about}`` is whom the act is about, ``{parent}`` the state
from which that one broke away, ``{parents}`` and ``{territories}`` are all of them. No rule
reads this.
"""

ACTS = {
    "patron_asks": "asks {about} for a deeper treaty",
    "patron_raises_subsidy": "raises its payments to {about}",
    "patron_withholds": "holds back money from {about}",
    "patron_backs": "endorses a candidate in {about}",
    "patron_recognises": "recognises {about} as a state",
    "patron_talks": "talks to {about} in earnest",
    "patron_opens_trade": "lifts bans on trade and travel with {about}",
    "patron_embargoes": "bans goods, flights and travel to and from {about}",
    "patron_offers_project": "offers {about} a joint project",
    "patron_coerces": "puts up fences and detains people at the line with {about}",
    "patron_eases": "opens crossings to {about} and releases the detained",
    "patron_rebuffs": "tells {about} that the time for accession has not come",
    "patron_encourages": "lets the vote on accession in {about} go ahead",
    "patron_annexes": "annexes {about}",
    "patron_sends_troops": "sends troops to {about}",
    "elite_accepts": "signs {patron}'s draft unchanged",
    "elite_redrafts": "signs a softened text of {patron}'s draft",
    "elite_refuses": "refuses {patron}'s draft",
    "elite_bids": "calls a referendum on accession",
    "elite_suppresses": "silences its critics",
    "elite_reaches_out": "talks to {parent} across the line",
    "elite_provokes": "stirs trouble at the line",
    "elite_pleads": "asks {patron} for troops",
    "beaten_leader_bids": "sees its beaten leader decree a referendum on accession",
    "bid_suspended": "suspends its predecessor's bid for accession and consults {patron}",
    "bid_dropped": "drops its predecessor's bid for accession",
    "deal_suspended": "halts its predecessor's treaty and consults {patron}",
    "deal_dropped": "denounces what goes too far in its predecessor's treaty",
    "elite_drags_feet": "drags its feet over what it signed",
    "elite_consents": "consents to {about}",
    "elite_settles": "returns under the roof of {parent}",
    "parent_normalises": "talks to {patron} in earnest",
    "parent_denounces": "denounces {patron} and breaks off talks",
    "parent_goes_west": "moves closer to the West",
    "parent_drifts": "lets its western course lapse",
    "parent_engages": "offers {about} trade and travel without recognition",
    "parent_isolates": "cuts contacts with {about} and speaks of occupation",
    "settlement_offered": "offers {about} terms for life under one roof",
    "parent_consents": "consents to {about}",
    "voice_condemns": "condemns {patron} in words",
    "voice_sanctions": "puts sanctions on {patron}",
    "voice_supports": "supports {parents} with money and training",
    "voice_engages": "opens doors to people in {territories} without recognition",
}

CHANCE = {
    "another_state_recognises": "another state recognises {about}",
    "a_state_withdraws": "a state withdraws its recognition of {about}",
    "forced_exit": "the street drives the leader of {about} out of office",
    "voted_down": "parliament removes the leader of {about}",
    "bid_lapses": "the bid of {about} for accession is forgotten",
    "bid_reaches_a_vote": "the bid of {about} for accession reaches a vote",
    "crowds_gather": "crowds gather in {about} against {patron}",
    "hardliners_win": "hard-liners win the vote in {about}",
    "works_finished": "the works on {about} are finished",
    "clash": "shots are fired at the line with {about}",
    "war_breaks_out": "war breaks out between {about} and {patron}",
    "ceasefire": "the fighting between {about} and {patron} ends",
    "incumbent_beaten": "the leader of {about} loses the vote",
    "bid_approved": "the residents of {about} vote for accession",
}

# How a run of a class is said to end, where "ends in …" will not do.
ENDINGS = {
    "frozen": "ends frozen",
    "settlement": "ends in a settlement",
    "thaw": "ends in a thaw",
}

# What makes a run one of a class, the most telling first: an act, a chance event, or a state that
# an event raises.
DECISIVE = {
    "war": ("war_breaks_out", "at_war", "quarters_of_war_left"),
    "annexation": ("patron_annexes",),
    "settlement": ("elite_settles",),
    "contested integration": ("elite_refuses", "deal_suspended", "deal_dropped", "forced_exit"),
    "deeper integration": ("elite_accepts", "elite_redrafts"),
}

ASKED_FOR_AS = {
    "treaty": ("elite_accepts", "elite_redrafts"),
    "signature": ("elite_accepts", "elite_redrafts"),
    "ask": ("patron_asks",),
    "bid": ("elite_bids", "beaten_leader_bids"),
    "referendum": ("elite_bids", "beaten_leader_bids"),
    "refusal": ("elite_refuses",),
    "talks": ("patron_talks", "parent_normalises"),
    "embargo": ("patron_embargoes",),
    "trade": ("patron_opens_trade",),
    "coercion": ("patron_coerces",),
    "endorsement": ("patron_backs",),
    "recognition": ("patron_recognises",),
    "annexation": ("patron_annexes",),
    "rise": ("patron_raises_subsidy",),
    "condemnation": ("voice_condemns",),
    "sanctions": ("voice_sanctions",),
    "support": ("voice_supports",),
    "engagement": ("parent_engages", "voice_engages"),
    "settlement": ("elite_settles",),
    "provocation": ("elite_provokes",),
}
