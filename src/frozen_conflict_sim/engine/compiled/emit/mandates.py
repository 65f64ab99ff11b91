"""Emit whether an option is mandated, as :meth:`~...arrays.mandates.Mandates.where` computes it."""

from __future__ import annotations

from functools import partial

from ...arrays.events import COMPARE
from ...arrays.mandates import Mandates
from ...policies import in_force
from ..ir.operations import and_, any_
from ..ir.symbols import Symbol


def mandated(emitter, body, kind: str, option, member):
    """Whether an option is forbidden or mandatory now: a ``bool`` if that is known at compile time, else a symbol.

    Whether a mandate holds always is looked up in memory for the options that are adjustable.
    """
    maker, address, level = emitter.decision_maker, option.address, option.decision.level
    sometimes = [_holds(emitter, body, one, level, member) for one in maker.mandates.sometimes[kind].get(address, ())]
    if address in maker.adjustable:
        held = emitter.load(body, emitter.layout.number(f"{kind} {address}", partial(always_mandated, kind, address)))
        return any_([held > 0.5, *sometimes])
    return address in maker.mandates.always[kind] or any_(sometimes)


def always_mandated(kind: str, address: str, world) -> bool:
    """Whether the policies in force in a world forbid an option, or make it mandatory, always and for all."""
    policies = in_force(world.declared, world.setting, world.categories)
    return address in Mandates(policies, world.setting.time_step).always[kind]


def _holds(emitter, body, mandate, level: str, member):
    now = True
    if mandate.of is not None:
        now = and_(now, _among(emitter, body, mandate.of, level, member))
    if mandate.first:
        now = and_(now, emitter.as_number(body, "%turn") >= float(mandate.first))
    if mandate.last is not None:
        now = and_(now, emitter.as_number(body, "%turn") <= float(mandate.last))
    for (_, whose, name, item), sign, number in mandate.when:
        owner, by = emitter.declared.owners[name].level, emitter.declared.quantities[name].by
        at = emitter.world.members(owner).index(whose) if whose else emitter.member_above(body, level, owner, member)
        index = (emitter.declared.items[by].index(item),) if by else ()
        now = and_(now, COMPARE[sign](emitter.load(body, emitter.field(name), index, at), number))
    return now


def _among(emitter, body, some: tuple[str, ...], level: str, member):
    """Whether a member is among some of its level."""
    members = emitter.world.members(level)
    if isinstance(member, int):
        return members[member] in some
    listed = ", ".join(f"double {float(one in some)}" for one in members)
    table = f"@among_{level}_{''.join(str(int(one in some)) for one in members)}"
    emitter.module.declare(f"{table} = internal constant [{len(members)} x double] [{listed}]")
    at = body.emit(f"getelementptr double, ptr {table}, i64 {member}", "preheader")
    return Symbol(body, body.splat(body.emit(f"load double, ptr {at}", "preheader")), "number") > 0.5
