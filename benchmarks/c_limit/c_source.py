"""The C source of the residents' update, generated from the declared rules."""

from __future__ import annotations

import re
from pathlib import Path

from frozen_conflict_sim.engine import numerics

from ..plain.primitives import with_primitives
from ..plain.residents import (
    Statements,
    Syntax,
    changes_by_phase,
    declared,
    differs_between_residents,
    read_from_neighbours,
    rules,
)

TEMPLATE = Path(__file__).with_name("residents.c")
PHASE = "public"
PLAYING = "playing"
SYNTAX = Syntax(
    neighbours="HEARD({name})",
    clipped="within({value}, {low}f, {high}f)",
    trait="TRAIT({name})",
    own="my_{name}",
    assign="const float {name} = {value};",
    around="AROUND({name})",
)


class CExpression:
    """An expression in C; operators build larger expressions."""

    def __init__(self, text: str):
        self.text = text

    def __neg__(self):
        return CExpression(f"(-{self.text})")

    def __abs__(self):
        return CExpression(f"fabsf({self.text})")

    __hash__ = None


def _operator(sign):
    def forward(self, other):
        return CExpression(f"({self.text} {sign} {c(other)})")

    def backward(self, other):
        return CExpression(f"({c(other)} {sign} {self.text})")

    return forward, backward


for _name, _sign in {"add": "+", "sub": "-", "mul": "*", "truediv": "/"}.items():
    _forward, _backward = _operator(_sign)
    setattr(CExpression, f"__{_name}__", _forward)
    setattr(CExpression, f"__r{_name}__", _backward)
for _name, _sign in {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "=="}.items():
    setattr(CExpression, f"__{_name}__", _operator(_sign)[0])


def c(value) -> str:
    """A value as C source."""
    return value.text if isinstance(value, CExpression) else f"{float(value)!r}f"


MEANINGS = {
    numerics.either: lambda condition, this, otherwise: CExpression(f"({c(condition)} ? {c(this)} : {c(otherwise)})"),
    numerics.both: lambda this, that: CExpression(f"({c(this)} && {c(that)})"),
    numerics.one_of: lambda this, that: CExpression(f"({c(this)} || {c(that)})"),
    numerics.opposite: lambda this: CExpression(f"(!{c(this)})"),
    numerics.at_least: lambda value, floor: CExpression(f"({c(value)} > {c(floor)} ? {c(value)} : {c(floor)})"),
    numerics.at_most: lambda value, ceiling: CExpression(f"({c(value)} < {c(ceiling)} ? {c(value)} : {c(ceiling)})"),
}


def function(rule) -> str:
    """A rule as a C function."""
    head = ", ".join(f"float {name}" for name in rule.reads) or "void"
    body = c(with_primitives(rule.function, MEANINGS)(*map(CExpression, rule.reads)))
    body = body[1:-1] if body.startswith("(") and body.endswith(")") and _whole(body) else body
    return f"/* {rule.sentence} */\nstatic inline float {rule.name}({head})\n{{\n    return {body};\n}}\n"


def _whole(text: str) -> bool:
    """Whether the first bracket closes at the end of the text."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return at == len(text) - 1
    return False


class Source:
    """The source for a given number of ties per resident, and the names in their order in memory."""

    def __init__(self, degree: int):
        causes = changes_by_phase()[PHASE]
        seen = [one for one in declared.observed if moves(one.of)]
        self.said = read_from_neighbours([rule for parts in causes.values() for rule in parts])
        self.traits, self.seen = list(declared.traits), [one.name for one in seen]
        saying, judging, after = Statements(SYNTAX), Statements(SYNTAX), Statements(SYNTAX)
        saying.lines += [f"SAID({name}) = {saying.expression(name)};" for name in self.said]
        for to, parts in causes.items():
            amounts = [f"{judging.call(rule)} * AROUND({PLAYING})" for rule in parts]
            new = judging.clip(to, " + ".join([judging.expression(to), *amounts]))
            judging.lines.append(f"const float new_{to} = {new};")
        judging.lines += [f"TRAIT({to}) = new_{to};" for to in causes]
        for one in seen:
            value = after.call(declared.derived[one.of]) if one.of in declared.derived else after.expression(one.of)
            after.lines.append(f"SUM({one.name}) += {value};")
        lines = saying.lines + judging.lines + after.lines
        common = [
            name for name in declared.derived if not differs_between_residents(name) and f"AROUND({name})" in " ".join(lines)
        ]
        working = Statements(SYNTAX)
        working.lines += [f"AROUND({name}) = {working.call(declared.derived[name])};" for name in common]
        named = re.findall(r"AROUND\((\w+)\)", " ".join(working.lines + lines))
        self.around = [name for name in dict.fromkeys(named) if name not in common]
        called = [rule for rule in rules() if re.search(rf"\b{rule.name}\(", " ".join(working.lines + lines))]
        self.text = TEMPLATE.read_text("utf-8")
        parts = {
            "DEGREE_HERE": str(degree),
            "TRAITS": _enum("TRAIT", self.traits),
            "AROUNDS": _enum("AROUND", self.around + common),
            "SAIDS": _enum("SAID", self.said),
            "SEENS": _enum("SEEN", self.seen),
            "GIVEN_HERE": str(len(self.around)),
            "RULES": "\n".join(map(function, called)),
            "COMMON": _indented(working.lines),
            "SAYING": _indented(saying.lines),
            # What is observed reads the changed traits: a block of its own may use the names of the judging anew.
            "JUDGING": _indented([*judging.lines, "{", *after.lines, "}"]),
        }
        for name, part in parts.items():
            self.text = re.sub(rf"@{name}@", lambda _, part=part: part, self.text)


def _enum(kind: str, names: list[str]) -> str:
    return ", ".join([*(f"{kind}_{name}" for name in names), f"{kind}_COUNT"])


def _indented(lines: list[str]) -> str:
    return ("\n" + " " * 12).join(lines)


def moves(name: str) -> bool:
    """Whether a quantity depends on traits that change."""
    if name in declared.derived:
        return any(map(moves, declared.derived[name].reads))
    return name in {to for to, _, _ in declared.changes}
