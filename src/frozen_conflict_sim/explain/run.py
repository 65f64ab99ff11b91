"""One run explained: its story, decisions with receipts and flips, ledgers, and the same run without something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape

from ..files.problems import InputError, Position, Problem
from ..model.simulation import Simulation
from .chances import chance_account, chances
from .decisions import DecisionAccount, account, actor_of
from .display import html, story_text, text
from .flips.chance import ChanceSearch
from .flips.flip import Flip, FlipSearch
from .ledgers.ledger import Accounts, Ledger
from .names import actor_called, cell_called, turn_called
from .story import Ensemble, Story, story
from .without import Removal, played_without, removal_called, taken_out


@dataclass(frozen=True)
class Explanation:
    """Something explained: prints as text, shows itself as HTML in a notebook, and gives plain data."""

    lines: tuple[str, ...]
    data: object
    html: str = ""

    def __str__(self):
        return "\n".join(self.lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The tables for a notebook, or else the text."""
        return self.html or f'<pre style="white-space:pre-wrap;line-height:1.35">{escape(str(self))}</pre>'

    def to_dict(self):
        """Plain data, for machines."""
        return self.data


class RunExplanation:
    """Explains one run of a model that has played with ``keep_receipts``.

    ``number`` is the run's number in some results, ``ensemble`` the runs beside which it is told. Turns are given as numbers
    from 1 or as dates (``2015-Q1``), actors by name, quantities by key (``georgia.alienation``). Raises ``InputError``, which
    names the nearest word, for what does not exist.
    """

    def __init__(
        self,
        model: Simulation,
        run: int = 0,
        *,
        number: int | None = None,
        ensemble: Callable[[], Ensemble] | None = None,
    ):
        if model.decision_maker.receipts is None:
            raise ValueError("this model kept no receipts: create it with keep_receipts=True")
        self.model, self.run, self.number, self._ensemble = model, run, number, ensemble
        self.declared, self.setting = model.world.declared, model.setting

    def __str__(self):
        return str(self.story())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The story, for a notebook."""
        return self.story()._repr_html_()

    @cached_property
    def told(self) -> Story:
        """The story as data."""
        return story(self.model, self.run, self.number, self._ensemble() if self._ensemble else None)

    def story(self) -> Explanation:
        """The run in ten lines: how it ended, its turning points, who made them, at what odds."""
        return Explanation(tuple(story_text.story_lines(self.told)), self.told.to_dict(), html.story_html(self.told))

    def decisions(self, turn: str | int | None = None, actor: str = "", *, flips: bool = False) -> Explanation:
        """Decisions with receipts, of a turn or of an actor in it; of an actor without a turn, all its acts in brief."""
        found = self.accounts(turn, actor)
        briefly = turn is None and not flips
        kept = [one for one in found if one[0].acted or (not briefly and one[0].had_a_choice)]
        lines: list[str] = []
        data = []
        for each, search in kept:
            changes = search.flips() if flips else None
            lines += [] if briefly else [*text.receipt_lines(each, changes), ""]
            data.append(each.to_dict() | ({"flips": [flip.to_dict() for flip in changes]} if flips else {}))
        if briefly:
            lines = text.spell_lines([each for each, _ in kept])
        else:
            idle = [each for each, _ in found if not each.had_a_choice]
            lines += self._idle(idle)
            data += [each.to_dict() for each in idle]
            if not actor:
                more = self.chances(turn, flips=flips)
                lines += ["", *more.lines] if more.lines and lines[-1:] != [""] else more.lines
                data += more.data
        return Explanation(tuple(lines) or ("Nothing was done.",), data)

    def chances(self, turn: str | int | None = None, *, flips: bool = False) -> Explanation:
        """The chance events of a turn, or of the run: what happened at what probability, and what did not."""
        at = None if turn is None else self._turn(turn)
        found = [
            (chance_account(self.model, receipt, member, self.run), ChanceSearch(self.model.world, receipt, member, self.run))
            for receipt, member in chances(self.model, self.run, at)
        ]
        changes = {index: search.flips() for index, (one, search) in enumerate(found) if flips and one.happened}
        data = [
            {
                "chance": one.name,
                **one.to_dict(),
                **({"flips": [flip.to_dict() for flip in changes[at]]} if at in changes else {}),
            }
            for at, (one, _) in enumerate(found)
        ]
        return Explanation(tuple(text.chance_lines([one for one, _ in found], changes)), data)

    def _idle(self, idle: list[DecisionAccount]) -> list[str]:
        """One line for each decision in which nothing else could be chosen, with the reasons."""
        lines = ["Nothing else could be chosen:"] if idle else []
        for one in idle:
            about = "" if one.about == one.actor else f" on {one.about}"
            reasons = dict.fromkeys(option.why for option in one.options if option.why)
            lines += text.wrapped(f"{one.actor}{about}, {one.meaning}: {'; '.join(reasons)}", "    ", "  ")
        return lines

    def accounts(self, turn: str | int | None = None, actor: str = "") -> list[tuple[DecisionAccount, FlipSearch]]:
        """The decisions of a turn, of an actor, or of both, each with the search for its flips."""
        at = None if turn is None else self._turn(turn)
        who = actor_called(self.declared, self.setting, actor) if actor else ""
        maker, found = self.model.decision_maker, []
        for receipt in maker.receipts:
            if at not in (None, receipt.turn) or not receipt.moment.active[self.run]:
                continue
            for member in receipt.members:
                if not who or who == actor_of(self.setting, receipt.decision, member):
                    each = account(self.model, receipt, member, self.run)
                    found.append((each, FlipSearch(maker, receipt, member, self.run)))
        return found

    @property
    def _played(self) -> int:
        """The number of turns of the run."""
        return min(int(self.model.ended_turn[self.run]), self.model.recorder.length)

    def _turn(self, turn: str | int) -> int:
        at, ended = turn_called(self.setting, str(turn)), self._played
        if at >= ended:
            raise InputError(
                [Problem(Position("explain"), "", f"this run ended after turn {ended} ({self.setting.date(ended - 1)})")]
            )
        return at

    def _named(self, at: int) -> str:
        return f"{self.setting.date(at)} (turn {at + 1})"

    def ledger(self, key: str, first: str | int | None = None, last: str | int | None = None) -> Ledger:
        """The causes of the change of a quantity, from the beginning of a turn to the end of another, as data."""
        return self._ledger(Accounts(self.model, self.run), key, first, last)

    def _ledger(self, books: Accounts, key: str, first, last) -> Ledger:
        cell = cell_called(self.declared, self.setting, key)
        begin = 0 if first is None else turn_called(self.setting, str(first))
        end = self._played - 1 if last is None else self._turn(last)
        if begin > end:
            raise InputError(
                [
                    Problem(
                        Position("explain"), "", f"the first turn, {self._named(begin)}, is after the last, {self._named(end)}"
                    )
                ]
            )
        return books.ledger(cell, begin, end)

    def why(self, key: str, first: str | int | None = None, last: str | int | None = None, without: str = "") -> Explanation:
        """Why a quantity changed: its ledger, and beside it that of the same run without something, if asked for."""
        mine = self.ledger(key, first, last)
        dates = dict.fromkeys(self.setting.date(turn) for turn in (mine.first, mine.last))
        span = " to ".join(dates)
        if not without:
            return Explanation(tuple(text.ledger_lines(mine, span)), mine.to_dict(), html.ledger_html(mine, span))
        removal, other = self._without(without)
        theirs = self._ledger(Accounts(other), key, mine.first + 1, mine.last + 1)
        lines = text.ledger_lines(mine, span, theirs, removal.named)
        data = mine.to_dict() | {"without": {"what": removal.what, **theirs.to_dict()}}
        return Explanation(tuple(lines), data, html.ledger_html(mine, span, theirs, removal.named))

    def _without(self, what: str) -> tuple[Removal, Simulation]:
        removal = removal_called(self.declared, self.setting, what)
        taken_out(self.model, removal, self.run)
        return removal, played_without(self.model, removal, self.run)

    def without(self, what: str) -> Explanation:
        """The same run with the same random numbers, without an act, a treaty, an event or a channel."""
        removal = removal_called(self.declared, self.setting, what)
        turns = taken_out(self.model, removal, self.run)
        other = story(played_without(self.model, removal, self.run))
        mine = self.told
        ends = {label: end for label, _, end in other.ends}
        rows = [(label, end, ends[label]) for label, _, end in mine.ends if label in ends]
        lines = story_text.without_lines(removal, [self.setting.date(turn) for turn in turns], mine, other, rows)
        data = {
            "without": removal.what,
            "taken_out": [{"turn": turn + 1, "date": self.setting.date(turn)} for turn in turns],
            "class": mine.end_class,
            "class_without": other.end_class,
            "at_end": [{"quantity": label, "as_it_was": end, "without": instead} for label, end, instead in rows],
        }
        table = html.compared_html(f"Without {removal.named}", story_text.ending_without(mine, other), rows)
        return Explanation(tuple(lines), data, table)

    def main_turn(self) -> int:
        """The turn, counted from 1, around which the run moved most."""
        return max(self.told.turning_points, key=lambda point: point.strength).turn

    def flips(self, turn: str | int | None = None, actor: str = "") -> list[tuple[DecisionAccount, list[Flip]]]:
        """For each decision in which there was a choice, the flips, the smallest first."""
        return [(each, search.flips()) for each, search in self.accounts(turn, actor) if each.had_a_choice]
