"""A decision as lines: its table of options and incentives, the choice, and what others see of it."""

from __future__ import annotations

from ...numerics import total
from ..ir.operations import and_, any_, not_, or_, pick_both, pick_either, picked, truth
from ..ir.symbols import Symbol, traced
from ..layout.fields import Place


def write_decision(script, decision) -> None:
    """Take a decision, as :meth:`~..decide.Deliberation.decide` does."""
    options, level, mandate = decision.options, decision.level, script.decision_maker
    name, count = f"{decision.role.name}.{decision.name}", len(script.world.members(level))
    for option in options:
        script.need(*(read for rule in (*option.conditions, *(i.rule for i in option.incentives)) for read in rule.reads))
    reasons = [(index, option, incentive) for index, option in enumerate(options) for incentive in option.incentives]
    choice_noise = script.places.known[f"tremble of {name}"]
    amounts = script.temporary(f"amounts of {name}", (max(len(reasons), 1),), count)
    scores = script.temporary(f"scores of {name}", (len(options),), count)
    considered = script.temporary(f"considered of {name}", (len(options),), count)
    chosen = script.lasting(f"choice of {name}", (), count)
    with script.each(level, f"{name}: options") as (body, member):
        active = script.active(body)
        given = [script.amount(body, option, incentive, member) for _, option, incentive in reasons]
        script.save(body, amounts, member, given or [0.0])
        utilities, is_open, seen = [], [], []
        for index, option in enumerate(options):
            own = [amount for (at, _, _), amount in zip(reasons, given) if at == index]
            utilities.append(traced(total)(own) if own else 0.0)
            may = active
            for condition in option.conditions:
                may = pick_both(may, script.judged(body, condition, level, member))
            is_open.append(False if option.address in mandate.forbidden else may)
            worthwhile = truth(utilities[-1] > 0.0) if mandate.rule.reasoned else True
            seen.append(True if index == 0 else and_(is_open[-1], worthwhile))
        for index, option in enumerate(options):
            if option.address in mandate.mandatory:
                seen = [is_open[at] if at == index else and_(case, not_(is_open[index])) for at, case in enumerate(seen)]
        seen[0] = or_(seen[0], not_(any_(seen)))
        ranked = [
            script.ranked(body, utility, script.load(body, choice_noise, (index,), member), level, member)
            for index, utility in enumerate(utilities)
        ]
        script.save(body, scores, member, ranked)
        script.save(body, considered, member, [pick_either(case, 1.0, 0.0) for case in seen])
        script.save(body, chosen, member, picked(ranked, seen))
    for index, option in enumerate(options):
        if option.one_per_turn:
            _only_the_best(script, index, decision, scores, considered, chosen)
    _announce_choice(script, decision, reasons, amounts, chosen)


def _only_the_best(script, index, decision, scores, considered, chosen) -> None:
    """Of several members for whom one option was chosen keep the best case; the others get their next best."""
    options = range(len(decision.options))
    with script.writer.over_runs(f"{decision.name}: one a turn") as body:
        members = range(chosen.members)
        choices = [script.load(body, chosen, (), member) for member in members]
        wanted = [choice == float(index) for choice in choices]
        best = picked([script.load(body, scores, (index,), member) for member in members], wanted)
        for member in members:
            waits = and_(wanted[member], not_(best == float(member)))
            rest = [script.load(body, considered, (at,), member) > 0.5 for at in options]
            rest[index] = and_(rest[index], not_(waits))
            rest[0] = or_(rest[0], and_(waits, not_(any_(rest))))
            again = picked([script.load(body, scores, (at,), member) for at in options], rest)
            script.save(body, chosen, member, pick_either(waits, again, choices[member]))


def _announce_choice(script, decision, reasons, amounts, chosen) -> None:
    role, level = decision.role, decision.level
    own = role.level == level
    gains = script.temporary(f"gains of {role.name}.{decision.name}", amounts.shape, amounts.members)
    keys = [(role.name, incentive.weight or incentive.name) for _, _, incentive in reasons]
    realised = [script.lasting(f"realised {key[0]}/{key[1]}", (), len(script.world.members(role.level))) for key in keys]
    with script.each(level, f"{decision.name}: acts") as (body, member):
        active, choice = script.active(body), script.load(body, chosen, (), member)
        now = {index: and_(choice == float(index), active) for index in range(len(decision.options))}
        for index, option in enumerate(decision.options):
            if option.act:
                script.save(body, script.place(option.act), member, pick_either(now[index], 1.0, 0.0))
        totals: dict[Place, Symbol] = {}
        for at, ((index, _, _), into) in enumerate(zip(reasons, realised)):
            gain = pick_either(now[index], script.load(body, amounts, (at,), member), 0.0)
            if own:
                totals[into] = totals.get(into, script.load(body, into, (), member)) + gain
            else:
                script.store(body, script.address(body, gains, (at,), member), gain)
        for into, total in totals.items():
            script.save(body, into, member, total)
        script.save(body, chosen, member, pick_either(active, choice, 0.0))
    if not own:
        for at, into in enumerate(realised):
            single = Place("passing", gains.slot((at,)), (), gains.members)
            script.aggregate(f"realised {keys[at][1]}", single, level, role.level, into, "sum", add=True)
    for option in decision.options:
        if option.act:
            script.stale(option.act)
