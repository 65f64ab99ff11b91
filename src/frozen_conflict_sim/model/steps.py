"""How each kind of step of a turn is played on arrays: a function of the model and the step."""

from __future__ import annotations

import numpy as np

from ..engine.arrays.events import event_contributions
from ..engine.arrays.finite import check_finite
from ..engine.arrays.receipts import ChanceReceipt
from ..engine.numerics import of_shape
from ..engine.schedule import Kind, Step


def events(model, step: Step) -> None:
    """Let the scenario's events come about."""
    model.world.change(event_contributions(model.world, model.occurred))


def decide(model, step: Step) -> None:
    """Ask the actors of a role for a decision; where nobody decides, nothing is done."""
    decision = step.about
    model.assessment = None
    actors, assessment = model.deciding(decision.role), model.assess(decision)
    if actors is None:
        chosen = model.decision_maker.choose(assessment)
    else:
        chosen = np.zeros((len(model.world.members(decision.level)), model.runs), int)
        for actor in actors:
            chosen[actor.places(decision)] = actor.act(decision)
    model.decision_maker.carry_out(assessment, chosen)
    model.recorder.note_choice(decision, chosen)
    model.assessment = None


def draw_hazard(model, step: Step) -> None:
    """Draw whether a chance event happens."""
    world, hazard, level = model.world, step.about, step.about.role.level
    chance, name = hazard.rule(world.view(level)), hazard.rule.name
    check_finite(world, hazard.rule, level, chance)
    if model.chances is not None:
        numbers, members = world.hazard_numbers(name, level), world.members(level)
        receipt = ChanceReceipt(world.turn, hazard, members, of_shape(chance, numbers.shape), numbers, world.moment())
        model.chances.append(receipt)
    world.fix(name, world.draw_hazard(name, chance, level))


def fix(model, step: Step) -> None:
    """Fix a value for the rest of the turn."""
    value, level = step.about, step.about.role.level
    found = value.determined_by(model.world.view(level))
    check_finite(model.world, value.determined_by, level, found)
    _fix(model, value, found)


def vote(model, step: Step) -> None:
    """Ask the publics to vote; without a public or a vote, who is in office stays."""
    ballots = model.observation.ballots(step.about.determined_by)
    winner = np.array([ballot.otherwise for ballot in ballots])
    for public in model.publics:
        ballot = ballots[public.place]
        if ballot.held.any():
            winner[public.place] = np.where(ballot.held, public.elect(ballot), ballot.otherwise)
    _fix(model, step.about, winner)


def _fix(model, value, found) -> None:
    """Fix a value in the runs that are still played; it is zero in the others."""
    shape = (len(model.world.members(value.role.level)), model.runs)
    model.world.fix(value.name, np.where(model.world.active, np.broadcast_to(found, shape), 0.0))


def change(model, step: Step) -> None:
    """Add all contributions of a phase to the quantities that they change."""
    world = model.world
    world.change((each.to, each.rule.name, each.rule(world.view(each.role.level))) for each in step.about)


def live(model, step: Step) -> None:
    """Ask the publics to live through the phase, and observe them."""
    notes: dict[int, list] = {}
    for public in model.publics:
        contributions = None if model.world.ledger is None else notes.setdefault(public.place, [])
        public.live(step.phase.name, contributions)
    model.observation.observe(notes)


def record(model, step: Step) -> None:
    """Record the turn."""
    model.recorder.record()


def end_runs(model, step: Step) -> None:
    """End the runs in which the rule about endings holds."""
    rule, role = step.about
    over = np.broadcast_to(rule(model.world.view(role.level)), (1, model.runs))[0] & model.world.active
    model.ended_turn[over] = model.world.turn + 1
    model.world.active &= ~over


def end_turn(model, step: Step) -> None:
    """Keep what delays need, and go on to the next turn."""
    model.world.end_turn(step.about)


STEPS = {
    Kind.EVENTS: events,
    Kind.DECISION: decide,
    Kind.HAZARD: draw_hazard,
    Kind.FIXED_VALUE: fix,
    Kind.VOTE: vote,
    Kind.CONTRIBUTIONS: change,
    Kind.RESIDENTS: live,
    Kind.RECORDING: record,
    Kind.ENDING: end_runs,
    Kind.MEMORY: end_turn,
}
