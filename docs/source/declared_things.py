"""What is declared, as tables and lists in Markdown: who, what they know, decide and want, what follows, what comes out."""

from __future__ import annotations

from pages import code, formula, table

from frozen_conflict_sim.engine.choice_rules import ALL_CHOICE_RULES
from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.engine.declare.rule import Rule
from frozen_conflict_sim.model.schedule import order_of_play_text
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.outcomes import OUTCOMES
from frozen_conflict_sim.politics.outcomes.classes import CLASSES
from frozen_conflict_sim.politics.roles import CLAUSES, public
from frozen_conflict_sim.scenario import load_scenario

GEORGIA = load_scenario("georgia_2014")


def clauses() -> str:
    """The clauses of a treaty, in a row."""
    return ", ".join(code(clause) for clause in CLAUSES)


def roles() -> str:
    """Who takes part, and who that is in the Georgian scenario."""
    rows = []
    for role in declared.roles.values():
        members = GEORGIA.entities[role.level] if role.name == role.level and role.many else ()
        called = ", ".join(GEORGIA.names.get(member, member.split(".")[-1].replace("_", " ")) for member in members)
        called = called or (f"as {role.level}" if role.many else "one")
        rows.append([code(role.name), role.meaning, called, code(role.section)])
    return table(["role", "what it is", "in `georgia_2014`", "where a scenario keeps its values"], rows)


def state_variables() -> str:
    """Everything that changes during a run, by whom it belongs to."""
    parts = []
    for role in declared.roles.values():
        quantities = (quantity for name, quantity in declared.quantities.items() if declared.owners[name] is role)
        own = [quantity for quantity in quantities if isinstance(quantity, Quantity) and quantity.state]
        if own:
            rows = [[code(one.name) + (f" by {one.by}" if one.by else ""), one.bounds, one.meaning] for one in own]
            parts.append(f"**{role.name}**\n\n" + table(["quantity", "bounds (unit)", "meaning"], rows))
    traits = public.residents.traits.values()
    rows = [[code(one.name), one.bounds, "changes" if one.state else "fixed", one.meaning] for one in traits]
    parts.append("**a single resident** (drawn anew in every run)\n\n" + table(["trait", "bounds (unit)", "", "meaning"], rows))
    return "\n\n".join(parts)


def order_of_play() -> str:
    """The order of play as the program prints it."""
    return f"```text\n{order_of_play_text()}\n```"


def choice_rules() -> str:
    """The rules of choice."""
    rows = [[code(rule.name), rule.meaning, rule.reference] for rule in ALL_CHOICE_RULES.values()]
    return table(["`play.choice_rule`", "what it does", "reference"], rows)


def decisions() -> str:
    """Every decision point with its options."""
    rows = [
        [one.role.name, one.meaning, one.phase, " · ".join(code(option.name) for option in one.options)]
        for one in declared.decisions.values()
    ]
    return table(["who", "decides", "in phase", "options, doing nothing first"], rows)


def incentives() -> str:
    """Every option with what speaks for and against it."""
    parts = []
    for one in declared.decisions.values():
        lines = [
            " ".join(
                [f"**The {one.role.name} decides {one.meaning}.**", *(f"Only when: {_open(on)}" for on in one.conditions)]
            ),
            "",
        ]
        for option in one.options[1:]:
            lines.append(f"* {code(option.name)}: {option.meaning}")
            lines += [f"  * open when: {_open(condition)}" for condition in option.own_conditions]
            lines += [f"  * {_worth(one, incentive)} × {_rule(incentive.rule)}" for incentive in option.incentives]
        lines.append(f"\n  Reference: {reference(one.options[1].incentives[0].rule.function)}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _open(condition) -> str:
    return f"{condition.sentence} `{formula(condition.function)}`"


def _worth(decision, incentive) -> str:
    if not incentive.weight:
        return "1 (the unit of account)"
    weight = declared.weights[decision.role.name, incentive.weight]
    borrowed = "" if incentive.weight == incentive.name else f" as {code(incentive.weight)}"
    return f"{weight.default:g} ({weight.low:g} to {weight.high:g}){borrowed}"


def _rule(rule) -> str:
    return f"{code(rule.name)}: {rule.sentence} `{formula(rule.function)}`"


def reference(function) -> str:
    """The reference of a rule, on one line."""
    return Rule.of(function).reference


def outcomes() -> str:
    """What is recorded of a run, by whom it is about."""
    rows = [
        [one.role.name, code(name) + (f" by {one.by}" if one.by else ""), one.unit, one.meaning, one.better_for or "–"]
        for name, one in OUTCOMES.items()
    ]
    return table(["about", "outcome", "unit", "meaning", "more is better for"], rows)


def classes() -> str:
    """The classes of a run, in the order in which they are tried."""
    return "\n".join(f"{number}. **{name}**: {says}" for number, (name, says) in enumerate(CLASSES.items(), 1))


def noises() -> str:
    """Every place at which chance comes in besides the choice of options."""
    rows = [[one.role.name, code(name), "every turn", one.meaning] for name, one in declared.noises.items()]
    rows += [[one.role.name, code(name), f"hazard, {one.phase}", one.rule.sentence] for name, one in declared.hazards.items()]
    return table(["about", "name", "when", "meaning"], rows)
