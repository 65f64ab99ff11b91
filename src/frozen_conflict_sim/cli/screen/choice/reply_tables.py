"""A table of best replies."""

from __future__ import annotations

from ....analysis.choice.replies import Replies
from ....analysis.summary import CAVEAT
from ..tables import console, number, table


def print_replies(found: Replies) -> None:
    """Print what each actor gets in each profile, with its best reply, and whether the replies settle."""
    out = console()
    out.print(f"{found.question}\n")
    for player in found.players:
        out.print(f"{player.actor} chooses {player.lever}, wanting {player.aim}")
    rows = []
    for profile in found.profiles:
        choices = [str(player.options[at]) for player, at in zip(found.players, profile)]
        gains = [number(player.sign * float(found.mean[(at, *profile)])) for at, player in enumerate(found.players)]
        moves = [_move(found, profile, at) for at in range(len(found.players))]
        rows.append([*choices, *(cell for pair in zip(gains, moves) for cell in pair)])
    columns = {player.lever: "left" for player in found.players}
    for player in found.players:
        columns |= {f"{player.actor} gets": "right", f"{player.actor} replies": "left"}
    out.print(table("What each gets, and its best reply to the others (· stays)", columns, rows))
    for sentence in found.sentences:
        out.print(sentence)
    out.print(f"\n{CAVEAT}")


def _move(found: Replies, profile: tuple[int, ...], player: int) -> str:
    reply = found.reply(profile, player)
    return "·" if reply == profile else str(found.players[player].options[reply[player]])
