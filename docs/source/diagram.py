"""``docs/pictures/overview.svg``: who acts on whom, and the two channels. The acts on the arrows are the declared options."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap

from frozen_conflict_sim.politics.catalogue import declared

WIDTH, HEIGHT = 1000, 640
INK, FAINT, BLUE, RED, PAPER = "#22303a", "#6b7a85", "#1f5f8b", "#b0413e", "#f6f8f9"

# On whom the options of a decision act, and what they are about where their names do not say it.
DECISIONS = {
    "patron.treatment": ("elite", ""),
    "patron.on_a_bid": ("elite", "bid"),
    "patron.talks": ("parent", ""),
    "patron.trade": ("parent", "trade"),
    "patron.joint_project": ("parent", "project"),
    "patron.recognition": ("elite", ""),
    "patron.on_a_plea": ("elite", ""),
    "patron.at_the_line": ("parent", "at the line"),
    "elite.answer": ("patron", "ask"),
    "elite.compliance": ("patron", ""),
    "elite.initiative": ("parent", ""),
    "elite.parting": ("patron", ""),
    "elite.on_inherited_bid": ("patron", "old bid"),
    "elite.on_inherited_deal": ("patron", "old deal"),
    "elite.project_consent": ("parent", "project"),
    "elite.settlement_answer": ("parent", "settlement"),
    "parent.toward_patron": ("patron", ""),
    "parent.orientation": ("west", "course"),
    "parent.toward_territory": ("elite", ""),
    "parent.settlement": ("elite", "settlement"),
    "parent.project_consent": ("patron", "project"),
    "voice.statement": ("patron", ""),
    "voice.toward_patron_state": ("patron", ""),
    "voice.toward_parents": ("parent", ""),
    "voice.toward_territories": ("elite", ""),
}
# Single options that act on somebody else.
OPTION_ACTS_ON = {
    "referendum_bid": "patron",
    "plea_for_protection": "patron",
    "suppress_autonomists": "public",
}
ACTOR = {"voice": "west"}


@dataclass(frozen=True)
class Box:
    """An actor: its left upper corner, its size, a title and a line below it."""

    x: int
    y: int
    width: int
    height: int
    title: str
    line: str

    def drawn(self) -> str:
        """The box as SVG."""
        middle = f'x="{self.x + self.width / 2}" text-anchor="middle"'
        return (
            f'<rect x="{self.x}" y="{self.y}" width="{self.width}" height="{self.height}" rx="8" fill="white" stroke="{INK}"/>'
            f'<text {middle} y="{self.y + 27}" font-weight="bold">{escape(self.title)}</text>'
            f'<text {middle} y="{self.y + 48}" fill="{FAINT}" font-size="13">{escape(self.line)}</text>'
        )


BOXES = {
    "patron": Box(30, 30, 200, 64, "Patron state", "such as Moscow"),
    "west": Box(770, 30, 200, 64, "The West", "several voices"),
    "parent": Box(770, 430, 200, 64, "Parent state", "such as Tbilisi"),
    "elite": Box(45, 430, 355, 64, "Elite", "factions, a leader"),
    "public": Box(45, 552, 170, 64, "Public", "residents in strata"),
    "treaty": Box(250, 552, 150, 64, "Treaties", "depth by clause"),
}


@dataclass(frozen=True)
class Arrow:
    """An arrow from one actor to another: its ends, where its label stands, how the label is aligned and wrapped."""

    start: tuple[int, int]
    end: tuple[int, int]
    label: tuple[int, int]
    anchor: str = "start"
    wide: int = 60


ARROWS = {
    ("patron", "elite"): Arrow((205, 94), (205, 428), (213, 250), wide=28),
    ("elite", "patron"): Arrow((50, 428), (50, 96), (58, 175), wide=22),
    ("patron", "parent"): Arrow((232, 66), (780, 428), (365, 118)),
    ("parent", "patron"): Arrow((768, 436), (222, 96), (398, 300), wide=20),
    ("west", "patron"): Arrow((768, 50), (232, 50), (500, 40), anchor="middle"),
    ("west", "elite"): Arrow((790, 96), (402, 432), (690, 165), anchor="end"),
    ("west", "parent"): Arrow((900, 96), (900, 428), (908, 200), wide=8),
    ("parent", "west"): Arrow((850, 428), (850, 96), (842, 250), anchor="end", wide=14),
    ("parent", "elite"): Arrow((768, 484), (402, 484), (585, 502), anchor="middle"),
    ("elite", "parent"): Arrow((402, 456), (768, 456), (585, 411), anchor="middle"),
    ("elite", "public"): Arrow((62, 494), (62, 550), (70, 519), wide=14),
}


def acts() -> dict[tuple[str, str], list[str]]:
    """The options by which one actor acts on another, a line for each decision; a decision without an entry is an error."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for name, decision in declared.decisions.items():
        whom, about = DECISIONS[name]
        lines: dict[str, list[str]] = {}
        for option in decision.options:
            if option.act:
                lines.setdefault(OPTION_ACTS_ON.get(option.name, whom), []).append(option.name.replace("_", " "))
        for target, words in lines.items():
            line = f"{about}: {', '.join(words)}" if about else ", ".join(words)
            found.setdefault((ACTOR.get(decision.role.name, decision.role.name), target), {})[line] = None
    return {pair: list(lines) for pair, lines in found.items()}


def _line(start: tuple[int, int], end: tuple[int, int], colour: str = INK, width: float = 1.4) -> str:
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="{width}" '
        f'marker-end="url(#{"red" if colour == RED else "blue" if colour == BLUE else "ink"})"/>'
    )


def _words(at: tuple[int, int], lines: list[str], anchor: str = "start", colour: str = INK) -> str:
    x, y = at
    halo = f'fill="{PAPER}" stroke="{PAPER}" stroke-width="5"'
    return "".join(
        f'<text x="{x}" y="{y + 17 * number}" text-anchor="{anchor}" font-size="13" {paint}>{escape(line)}</text>'
        for paint in (halo, f'fill="{colour}"')
        for number, line in enumerate(lines)
    )


def _in_lines(lines: list[str], wide: int) -> list[str]:
    return [part for line in lines for part in wrap(line, wide, subsequent_indent="  ")]


def _marker(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 L10 5 L0 10 z" fill="{colour}"/></marker>'
    )


def _channels() -> list[str]:
    return [
        _line((402, 568), (640, 568), RED, 2.4),
        _line((402, 602), (640, 602), BLUE, 2.4),
        _words((415, 560), ["grievance: signed and carried out"], colour=RED),
        _words((415, 619), ["accommodation: carried out"], colour=BLUE),
        _words((648, 573), ["alienation"], colour=RED),
        _words((648, 607), ["acceptance"], colour=BLUE),
        _line((722, 566), (820, 497), RED, 2.4),
        _line((724, 600), (880, 497), BLUE, 2.4),
        _words(
            (970, 574),
            ["the two channels from", "integration to the parent's", "government; each can be", "switched off"],
            "end",
            FAINT,
        ),
    ]


def svg() -> str:
    """The diagram."""
    arrows, labels = [], []
    for pair, words in acts().items():
        arrow = ARROWS[pair]
        arrows.append(_line(arrow.start, arrow.end))
        labels.append(_words(arrow.label, _in_lines(words, arrow.wide), arrow.anchor))
    arrows.append(_line((170, 550), (170, 496)))
    labels.append(_words((178, 519), ["votes,", "protests"]))
    arrows.append(_line((325, 494), (325, 550)))
    labels.append(_words((333, 526), ["signs"]))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Helvetica, Arial, sans-serif" '
        f'font-size="16" fill="{INK}">',
        "<title>Who acts on whom, and the two channels from integration to the parent's government</title>",
        f"<defs>{_marker('ink', INK)}{_marker('red', RED)}{_marker('blue', BLUE)}</defs>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        f'<rect x="30" y="396" width="385" height="236" rx="10" fill="none" stroke="{FAINT}" stroke-dasharray="5 4"/>',
        _words((405, 414), ["separatist territory"], "end", FAINT),
        *arrows,
        *_channels(),
        *labels,
        *(box.drawn() for box in BOXES.values()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
