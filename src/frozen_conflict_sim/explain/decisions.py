"""Decisions of one run for a reader: who decided what, for which reasons, by which draw, and what else was possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from ..analysis.wording import joined
from ..engine.arrays.receipts import NOT_WORTH_IT, Receipt
from ..engine.choice_rules import ChoiceRule
from ..engine.declare.decision import Decision, Option
from ..engine.setting import Setting
from ..model.columns import called, name_of
from ..model.simulation import Simulation
from ..politics.roles import parent, patron, territory
from ..politics.wording import ACTS

FEW = 0.0005  # of utility: what a receipt leaves out as too small


@dataclass(frozen=True)
class Reason:
    """One incentive of an option: what it adds to utility, as weight times amount, and what it says."""

    name: str
    weight: float
    amount: float
    contribution: float
    sentence: str


@dataclass(frozen=True)
class OptionAccount:
    """One option: ``state`` is chosen, considered, waiting, not considered or not open; ``why`` says why it was not chosen.

    ``draw`` is its choice noise in units of utility, so that utility and draw sum to ``score``; where the choice rule does not
    add them up, the number as it was drawn, and the score of the rule.
    """

    name: str
    meaning: str
    state: str
    utility: float
    draw: float
    score: float
    probability: float
    why: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class DecisionAccount:
    """One decision about one member: ``turn`` counts from 1; ``actor`` and ``about`` are names for readers.

    ``notes`` say where a mandate decided, or the rule of one such act a turn.
    """

    turn: int
    date: str
    actor: str
    about: str
    decision: str
    meaning: str
    rule: str
    chosen: str
    told: str
    probability: float
    runner_up: str
    notes: tuple[str, ...]
    options: tuple[OptionAccount, ...]

    @property
    def acted(self) -> bool:
        """Whether something was done."""
        return self.chosen != self.options[0].name

    @property
    def had_a_choice(self) -> bool:
        """Whether more than one option could have been chosen, or something was done."""
        possible = [option for option in self.options if option.state in ("chosen", "considered", "waiting")]
        return self.acted or len(possible) > 1

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return asdict(self)


def actor_of(setting: Setting, decision: Decision, member: str) -> str:
    """The name of the actor who takes a decision about a member."""
    role = decision.role
    if role.level == decision.level:
        return name_of(setting, role, member)
    belongs = setting.belongs.get((decision.level, role.level))
    at = belongs[setting.entities[decision.level].index(member)] if belongs else 0
    return name_of(setting, role, setting.entities[role.level][at])


def account(model: Simulation, receipt: Receipt, member: str, run: int = 0) -> DecisionAccount:
    """The account of one member's decision."""
    setting, decision, at = model.setting, receipt.decision, receipt.members.index(member)
    names = [option.name for option in decision.options]
    chosen, runner_up = int(receipt.chosen[at, run]), receipt.runner_up(at, run)
    return DecisionAccount(
        receipt.turn + 1,
        setting.date(receipt.turn),
        actor_of(setting, decision, member),
        called(setting, member),
        decision.key,
        decision.meaning,
        model.decision_maker.rule.name,
        names[chosen],
        told(model, receipt, member, run) if chosen else "",
        float(receipt.probabilities[chosen, at, run]),
        names[runner_up] if runner_up is not None else "",
        tuple(_notes(setting, receipt, at, run)),
        tuple(_options(model, receipt, at, run)),
    )


def _notes(setting: Setting, receipt: Receipt, at: int, run: int) -> Iterator[str]:
    options = receipt.decision.options
    for index, option in enumerate(options):
        if receipt.waited(index, at, run):
            other = receipt.preferred(index, run)
            first = f"{called(setting, other)} goes first, where the score is higher" if other else "another goes first"
            yield f"{words(option.name)} was best, but of this act there is one a turn: {first}"
    if ordered := receipt.ordered(at, run):
        yield f"{receipt.orders(ordered, at, run)} makes it mandatory to {words(ordered.name)}"


def _options(model: Simulation, receipt: Receipt, at: int, run: int) -> Iterator[OptionAccount]:
    values = {name: receipt.moment.values[name] for name in model.decision_maker.rule.reads if name in receipt.moment.values}
    for index, option in enumerate(receipt.decision.options):
        state, why = _state(receipt, option, index, at, run)
        utility, noise, score = (float(of[index, at, run]) for of in (receipt.utilities, receipt.choice_noise, receipt.scores))
        draw, score = _draw(model.decision_maker.rule, values, run, utility, noise, score)
        chance = float(receipt.probabilities[index, at, run])
        reasons = tuple(_reasons(receipt, option, at, run))
        yield OptionAccount(option.name, option.meaning, state, utility, draw, score, chance, why, reasons)


def _state(receipt: Receipt, option: Option, index: int, at: int, run: int) -> tuple[str, str]:
    if receipt.chosen[at, run] == index:
        return "chosen", ""
    if receipt.waited(index, at, run):
        return "waiting", "one such act a turn"
    if receipt.considered[index, at, run]:
        return "considered", ""
    if not receipt.open[index, at, run]:
        return "not open", "; ".join(receipt.why_closed(option, at, run))
    ordered = receipt.ordered(at, run)
    why = f"{receipt.orders(ordered, at, run)} orders to {words(ordered.name)}" if ordered else NOT_WORTH_IT
    return "not considered", why


def _reasons(receipt: Receipt, option: Option, at: int, run: int) -> Iterator[Reason]:
    """The reasons for and against an option, the strongest first."""
    found = [
        Reason(
            one.name,
            *(float(of[option.name][one.name][at, run]) for of in (receipt.weights, receipt.amounts, receipt.contributions)),
            one.rule.sentence,
        )
        for one in option.incentives
    ]
    yield from sorted(found, key=lambda reason: -abs(reason.contribution))


def _draw(rule: ChoiceRule, values: dict, run: int, utility: float, noise: float, score: float) -> tuple[float, float]:
    """The draw and the score in units of utility, if the rule adds them up; else as they are."""
    here = {name: float(np.ravel(value)[run if np.size(value) > 1 else 0]) for name, value in values.items()}
    zero, slope = float(rule.scored(0.0, 0.0, here)), float(rule.scored(1.0, 0.0, here) - rule.scored(0.0, 0.0, here))
    drawn = float(rule.scored(0.0, noise, here)) - zero
    if slope > 0.0 and abs(zero + slope * utility + drawn - score) <= 1e-9 * max(1.0, abs(score)):
        return drawn / slope, utility + drawn / slope
    return noise, score


def words(name: str) -> str:
    """A name as words."""
    return name.replace("_", " ")


def told(model: Simulation, receipt: Receipt, member: str, run: int = 0) -> str:
    """The act that was chosen as a sentence without a full stop, such as "Moscow asks Abkhazia for a deeper treaty"."""
    option = receipt.decision.options[int(receipt.chosen[receipt.members.index(member), run])]
    return act_in_words(model.setting, option, member)


def act_in_words(setting: Setting, option: Option, member: str) -> str:
    """An act about a member as a sentence without a full stop."""
    decision, actor = option.decision, actor_of(setting, option.decision, member)
    phrase = ACTS.get(option.act) or f"decides {decision.meaning}: {words(option.name)}"
    return sentence(f"{actor} {agreeing(actor, phrase)}", setting, decision.level, member)


def sentence(phrase: str, setting: Setting, level: str, member: str) -> str:
    """A phrase of the wording with names put in: of the member of a level that it is about, its parent state, the patron."""
    at = setting.entities[level].index(member)
    above = setting.belongs.get((level, parent.level))
    state = member if level == parent.level else setting.entities[parent.level][above[at] if above else 0]
    names = {"about": member, "parent": state, "patron": setting.entities[patron.level][0]}
    levels = {"parents": parent.level, "territories": territory.level}
    several = {name: joined([called(setting, each) for each in setting.entities[level]]) for name, level in levels.items()}
    told = phrase.format(**{name: called(setting, each) for name, each in names.items()}, **several)
    return told[0].upper() + told[1:]


def agreeing(actor: str, phrase: str) -> str:
    """A phrase in the third person with verbs that agree with who acts.

    >>> agreeing("Sukhumi", "halts the deal and consults {patron}")
    'halts the deal and consults {patron}'
    >>> agreeing("Donetsk's leaders", "halts the deal and consults {patron}")
    'halt the deal and consult {patron}'
    >>> agreeing("Donetsk's leaders", "drags its feet over what it signed")
    'drag their feet over what they signed'
    """
    if not actor.endswith("leaders"):
        return phrase
    verb, _, rest = re.sub(r"\bit\b", "they", phrase.replace(" its ", " their ")).partition(" ")
    return f"{_base(verb)} " + re.sub(r"(?<= and )(consults|breaks|speaks|releases|detains)\b", lambda m: _base(m[0]), rest)


def _base(verb: str) -> str:
    if verb == "has":
        return "have"
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches")) else verb[:-1]
