"""Explanations as text: lines of at most 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ..chances import ChanceAccount
from ..decisions import FEW, DecisionAccount, OptionAccount, words
from ..flips.flip import Flip
from ..ledgers.ledger import ROUNDING, Ledger, LedgerRow

WIDTH = 80
HARD_SPACE = "\N{NO-BREAK SPACE}"
TIED = (
    (" %", f"{HARD_SPACE}%"),
    ("(p ", f"(p{HARD_SPACE}"),
    ("(odds ", f"(odds{HARD_SPACE}"),
    (" → ", f"{HARD_SPACE}→{HARD_SPACE}"),
)
FEW_FLIPS = 3
NO_CHANGE = 1e-6  # of the range of a number


def wrapped(text: str, indent: str = "", first: str | None = None) -> list[str]:
    """Text broken into lines; ``first`` is the beginning of the first line, ``indent`` that of the others."""
    first = indent if first is None else first
    for loose, tied in TIED:
        text = text.replace(loose, tied)
    lines = textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False)
    return [line.replace(HARD_SPACE, " ") for line in lines] or [first]


def number(value: float) -> str:
    """A number for a reader: three decimals below ten, fewer above.

    >>> number(0.12345), number(12.345), number(841.0), number(-0.0001)
    ('0.123', '12.3', '841', '0')
    """
    if abs(value) < 0.0005:
        return "0"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}" if abs(value) < 100 else f"{value:,.0f}"


def lower(sentence: str) -> str:
    """A sentence with a small first letter."""
    return sentence[:1].lower() + sentence[1:]


def signed(value: float) -> str:
    """A number with its sign."""
    return f"+{number(value)}" if value >= 0.0005 else number(value)


def spell_lines(accounts: list[DecisionAccount]) -> list[str]:
    """Acts in the order in which they began: when, what, for how many turns in a row, at what odds, and what was next best."""
    spells: list[list[DecisionAccount]] = []
    open_spells: dict[tuple, list[DecisionAccount]] = {}
    for one in accounts:
        key = one.actor, one.about, one.decision, one.chosen
        spell = open_spells.get(key)
        if spell and spell[-1].turn == one.turn - 1:
            spell.append(one)
        else:
            open_spells[key] = [one]
            spells.append(open_spells[key])
    return [line for spell in spells for line in _spell(spell)]


def _spell(spell: list[DecisionAccount]) -> list[str]:
    first, odds = spell[0], [one.probability for one in spell]
    rivals = dict.fromkeys(words(one.runner_up) for one in spell if one.runner_up)
    rival = f"; next best: {' or '.join(rivals)}" if rivals else ""
    low, high = (f"{each:.2f}" for each in (min(odds), max(odds)))
    often = f", {len(spell)} turns to {spell[-1].date}" if len(spell) > 1 else ""
    return wrapped(f"{first.told}{often} (p {low}{f' to {high}' if high != low else ''}{rival}).", " " * 9, f"{first.date}  ")


def receipt_lines(account: DecisionAccount, flips: Iterable[Flip] | None = None) -> list[str]:
    """The receipt of a decision: its options with reasons, draw and odds; why others could not be chosen; and flips."""
    about = "" if account.about == account.actor else f" on {account.about}"
    title = f"{account.date} (turn {account.turn}): {account.actor}{about}, {account.meaning}"
    lines = wrapped(title, "  ", "")
    for option in account.options:
        lines += _option(option)
    for note in account.notes:
        lines += wrapped(f"{note[0].upper()}{note[1:]}.", "   ", "   ")
    return lines + (flip_lines(account, list(flips)) if flips is not None else [])


def _option(option: OptionAccount) -> Iterator[str]:
    mark = {"chosen": "→", "waiting": "…"}.get(option.state, " ")
    name = f" {mark} {words(option.name):<26} "
    if option.state in ("chosen", "considered", "waiting"):
        yield f"{name}{option.utility:+.3f}  draw {option.draw:+.3f}  score {option.score:+.3f}  p {option.probability:.2f}"
        for reason in option.reasons:
            if abs(reason.contribution) >= FEW:
                amounts = f"{reason.contribution:+.3f} = {reason.weight:.2f} × {reason.amount:+.3f}"
                yield from wrapped(f"{reason.name}. {reason.sentence}", " " * 35, f"      {amounts:<27}  ")
    else:
        worth = "" if option.state == "not open" else f"{option.utility:+.3f}  "
        yield from wrapped(f"{option.state}: {option.why}", " " * 31, f"{name}{worth}")


def flip_lines(account: DecisionAccount, flips: list[Flip]) -> list[str]:
    """The nearest flips: of weights and of facts."""
    if not flips:
        return wrapped("No single weight or fact within its bounds would have changed this choice.", "   ", "   ")
    lines = ["   What would have changed the choice, one number at a time, the draw as it was:"]
    for kind in ("weight", "fact"):
        for flip in [one for one in flips if one.kind == kind][:FEW_FLIPS]:
            change = f"{_changed(flip)}: {words(flip.becomes)}"
            lines += _keyed(flip.key, change)
    return lines


def _changed(flip: Flip) -> str:
    if flip.share_of_range < NO_CHANGE:
        return f"just {'above' if flip.change > 0.0 else 'below'} {number(flip.value)}"
    return f"{precise(flip.value, flip.to)} → {precise(flip.to, flip.value)}"


def precise(value: float, other: float) -> str:
    """A number with as many decimals as tell it from another.

    >>> precise(0.6, 0.5999), precise(0.43, 0.195)
    ('0.6000', '0.430')
    """
    for decimals in range(3, 10):
        if round(value, decimals) != round(other, decimals):
            return f"{value:,.{decimals}f}" if abs(value) < 100 else f"{value:,.{max(decimals - 2, 0)}f}"
    return f"{value:,.9f}"


def chance_lines(accounts: list[ChanceAccount], flips: dict[int, list[Flip]]) -> list[str]:
    """Chance events of a turn: those that happened, with what would have prevented them, and those that might have."""
    lines: list[str] = []
    for index, one in enumerate(accounts):
        if one.happened:
            lines += wrapped(f"{one.date} (turn {one.turn}), by chance: {lower(one.told)}", "  ", "")
            odds = f"happens, p {one.probability:.3f}; the number drawn, {one.drawn:.3f}, is below it. {one.rule}"
            lines += wrapped(odds, "   ", " → ")
            lines += [*(_prevented(flips[index]) if index in flips else []), ""]
    others = sorted((one for one in accounts if not one.happened and one.probability > 0.0), key=lambda one: -one.probability)
    if others:
        told = "; ".join(f"{lower(one.told)} (p {one.probability:.3f}, drawn {one.drawn:.3f})" for one in others)
        lines += ["By chance this did not happen:", *wrapped(f"{told}.", "    ", "  ")]
    return lines


def _prevented(flips: list[Flip]) -> list[str]:
    if not flips:
        return wrapped("No single fact within its bounds would have prevented it, the number drawn as it was.", "   ", "   ")
    lines = ["   What would have prevented it, one number at a time, the draw as it was:"]
    return lines + [line for flip in flips[: 2 * FEW_FLIPS] for line in _keyed(flip.key, _changed(flip))]


def _keyed(key: str, text: str) -> list[str]:
    whole = f"     {key}  {text}"
    return [whole] if len(whole) <= WIDTH else [f"     {key}", *wrapped(text, " " * 9, " " * 9)]


def ledger_lines(ledger: Ledger, span: str, other: Ledger | None = None, without: str = "") -> list[str]:
    """A ledger: causes and amounts; with ``other``, the same quantity in the run without something, in a column of its own."""
    lines = wrapped(f"{ledger.label}, {span}: {number(ledger.start)} → {number(ledger.end)} ({ledger.unit})", "  ", "")
    heading = f"{'':40}{'booked':>10}"
    if other:
        lines += wrapped(f"Booked: what was added, and by what. Without: the same run without {without}.", "  ", "")
        heading += f"{'without':>12}"
    lines.append(heading)
    against = {(row.cause, row.of): row for row in other.rows} if other else {}
    if not ledger.rows:
        lines.append("  nothing changed it")
    for row in ledger.rows:
        if row.cause in ROUNDING and number(row.amount) == "0":
            against.pop((row.cause, row.of), None)
            continue
        lines += _row(row, against.pop((row.cause, row.of), None), bool(other))
    for row in against.values():
        lines.append(f"  {_cause(row):<38}{'0':>10}{signed(row.amount):>12}")
    total = f"  {'all together':<38}{signed(ledger.change):>10}"
    lines.append(total + (f"{signed(other.change):>12}" if other else ""))
    if other:
        lines += wrapped(f"At the end {number(ledger.end)}; without {without}: {number(other.end)}.", "  ", "")
    return lines


def _cause(row: LedgerRow) -> str:
    text = words(row.cause) + (f" ({words(row.of)})" if row.of else "")
    return text if len(text) <= 38 else text[:37] + "…"


def _row(row: LedgerRow, other: LedgerRow | None, compared: bool) -> Iterator[str]:
    second = f"{signed(other.amount) if other else '0':>12}" if compared else ""
    yield f"  {_cause(row):<38}{signed(row.amount):>10}{second}"
    if row.meaning and not compared:
        yield from wrapped(row.meaning, " " * 4, " " * 4)
    for part, amount in grouped(row):
        yield f"      {part:<42}{signed(amount):>10}"


def grouped(row: LedgerRow) -> list[tuple[str, float]]:
    """The parts of a cause for a reader: by member and what came from it, clauses together; then what is no member's."""
    sums: dict[str, float] = {}
    for part, amount in row.parts:
        name = f"{part.member}: {part.through}" if part.member else words(part.item) or "the rest"
        sums[name] = sums.get(name, 0.0) + amount
    return sorted(((name, amount) for name, amount in sums.items() if abs(amount) >= FEW), key=lambda pair: -abs(pair[1]))
