"""Emit a decision: the utilities of its options, the choice, the acts that others see, and the realised utility."""

from __future__ import annotations

from ...arrays.mandates import FORBIDDEN, MANDATORY
from ...numerics import total
from ..ir.operations import and_, any_, argmax, as_condition, both, not_, or_, select
from ..ir.primitives import traced
from ..ir.symbols import Symbol
from ..layout.fields import Field
from .forced import forced, note_options
from .mandates import mandated


def emit_decision(emitter, decision) -> None:
    """Emit a decision, with the results of :meth:`~...arrays.decisions.DecisionMaker.decide`."""
    options, level, only_gains = decision.options, decision.level, emitter.decision_maker.rule.only_gains
    name, count = decision.key, len(emitter.world.members(level))
    for option in options:
        emitter.require(*(read for rule in (*option.conditions, *(i.rule for i in option.incentives)) for read in rule.reads))
    reasons = [(index, option, incentive) for index, option in enumerate(options) for incentive in option.incentives]
    choice_noise = emitter.layout.fields[f"choice noise of {name}"]
    amounts = emitter.temporary(f"amounts of {name}", (max(len(reasons), 1),), count)
    scores = emitter.temporary(f"scores of {name}", (len(options),), count)
    considered = emitter.temporary(f"considered of {name}", (len(options),), count)
    chosen = emitter.persistent(f"choice of {name}", (), count)
    with emitter.loop_over_members(level, f"{name}: options") as (body, member):
        active = emitter.active(body)
        given = [emitter.amount(body, option, incentive, member) for _, option, incentive in reasons]
        emitter.save(body, amounts, member, given or [0.0])
        utilities, is_open, seen = [], [], []
        for index, option in enumerate(options):
            own = [amount for (at, _, _), amount in zip(reasons, given) if at == index]
            utilities.append(traced(total)(own) if own else 0.0)
            may = active
            for condition in option.conditions:
                may = both(may, emitter.apply(body, condition, level, member))
            is_open.append(and_(not_(mandated(emitter, body, FORBIDDEN, option, member)), may))
            worthwhile = as_condition(utilities[-1] > 0.0) if only_gains else True
            seen.append(True if index == 0 else and_(is_open[-1], worthwhile))
        emitter.note_fault(body, utilities, is_open)
        for index, option in enumerate(options):
            ordered = mandated(emitter, body, MANDATORY, option, member)
            if ordered is not False:
                binds = and_(ordered, is_open[index])
                own = is_open[index] if ordered is True else select(ordered, is_open[index], seen[index])
                seen = [own if at == index else and_(case, not_(binds)) for at, case in enumerate(seen)]
        if emitter.decision_maker.steerable:
            note_options(emitter, body, decision, member, utilities, is_open)
            seen = forced(emitter, body, decision, member, is_open, seen)
        seen[0] = or_(seen[0], not_(any_(seen)))
        _need_noise(emitter, body, decision, choice_noise, member, seen)
        option_scores = [
            emitter.score(body, utility, emitter.load(body, choice_noise, (index,), member), level, member)
            for index, utility in enumerate(utilities)
        ]
        emitter.save(body, scores, member, option_scores)
        emitter.save(body, considered, member, [select(case, 1.0, 0.0) for case in seen])
        emitter.save(body, chosen, member, argmax(option_scores, seen))
    for index, option in enumerate(options):
        if option.one_per_turn:
            _keep_the_best(emitter, index, decision, scores, considered, chosen)
    _emit_acts(emitter, decision, reasons, amounts, chosen)


def _need_noise(emitter, body, decision, choice_noise: Field, member, considered: list) -> None:
    """Emit choice noise if any run considers several options: where there is one, it is chosen whatever its score.

    Of an option that only one member may take in a turn the scores of members are compared, so that it always needs noise.
    """
    one, several = False, any(option.one_per_turn for option in decision.options)
    for case in considered:
        several, one = or_(several, and_(one, case)), or_(one, case)
    is_choice = str(several).lower() if isinstance(several, bool) else body.any(several)
    rows = emitter.address(body, choice_noise, (0,), member)
    body.instructions.append(f"  call void @choice_noise(ptr {rows}, i64 {len(considered)}, i1 {is_choice})")


def _keep_the_best(emitter, index, decision, scores, considered, chosen) -> None:
    """Keep an option only for the member with the highest score; the other members get their next best option."""
    options = range(len(decision.options))
    with emitter.module.over_runs(f"{decision.name}: one a turn") as body:
        members = range(chosen.members)
        choices = [emitter.load(body, chosen, (), member) for member in members]
        wanted = [choice == float(index) for choice in choices]
        best = argmax([emitter.load(body, scores, (index,), member) for member in members], wanted)
        for member in members:
            waits = and_(wanted[member], not_(best == float(member)))
            rest = [emitter.load(body, considered, (at,), member) > 0.5 for at in options]
            rest[index] = and_(rest[index], not_(waits))
            rest[0] = or_(rest[0], and_(waits, not_(any_(rest))))
            again = argmax([emitter.load(body, scores, (at,), member) for at in options], rest)
            emitter.save(body, chosen, member, select(waits, again, choices[member]))


def _emit_acts(emitter, decision, reasons, amounts, chosen) -> None:
    role, level = decision.role, decision.level
    own = role.level == level
    gains = emitter.temporary(f"gains of {decision.key}", amounts.shape, amounts.members)
    keys = [(role.name, incentive.weight or incentive.name) for _, _, incentive in reasons]
    realised = [emitter.persistent(f"realised {key[0]}/{key[1]}", (), len(emitter.world.members(role.level))) for key in keys]
    with emitter.loop_over_members(level, f"{decision.name}: acts") as (body, member):
        active, choice = emitter.active(body), emitter.load(body, chosen, (), member)
        now = {index: and_(choice == float(index), active) for index in range(len(decision.options))}
        for index, option in enumerate(decision.options):
            if option.act:
                emitter.save(body, emitter.field(option.act), member, select(now[index], 1.0, 0.0))
        totals: dict[Field, Symbol] = {}
        for at, ((index, _, _), into) in enumerate(zip(reasons, realised)):
            gain = select(now[index], emitter.load(body, amounts, (at,), member), 0.0)
            if own:
                totals[into] = totals.get(into, emitter.load(body, into, (), member)) + gain
            else:
                emitter.store(body, emitter.address(body, gains, (at,), member), gain)
        for into, total in totals.items():
            emitter.save(body, into, member, total)
        emitter.save(body, chosen, member, select(active, choice, 0.0))
    if not own:
        for at, into in enumerate(realised):
            single = Field("scratch", gains.slot((at,)), (), gains.members)
            emitter.aggregate(f"realised {keys[at][1]}", single, level, role.level, into, "sum", add=True)
    for option in decision.options:
        if option.act:
            emitter.invalidate(option.act)
