"""Who chooses in a study: each lever with the actor that it belongs to, and what each of its values brings that actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...experiment.errors import NoSuchColumn, ResultsError
from ...experiment.load.keys import Keys
from ...experiment.search_spec import HIGHER, LOWER
from ...model.columns import called as name_of
from ...results import Results
from ...scenario.schema import declarations
from ..groups import base_runs


@dataclass(frozen=True)
class Chooser:
    """An actor and its lever: the values that it may choose, and the columns whose mean it wants high (or low)."""

    actor: str
    lever: str
    options: tuple[str | float, ...]
    columns: tuple[str, ...]
    better: str = HIGHER

    @property
    def sign(self) -> float:
        """One if higher is better, else minus one."""
        return 1.0 if self.better == HIGHER else -1.0

    @property
    def aim(self) -> str:
        """What the actor is after, in words."""
        return f"{self.better} {' and '.join(self.columns)}"


def choosers(results: Results, outcome: str = "", better: str = HIGHER) -> list[Chooser]:
    """The choosers of a study; without an ``outcome`` each wants its own utility.

    Levers that belong to no actor with a utility, such as the rule of choice, are left out unless an outcome is named.
    Raises :class:`ResultsError` if nobody chooses.
    """
    if better not in (HIGHER, LOWER):
        raise NoSuchColumn(f"better is {HIGHER} or {LOWER}, not {better!r}")
    keys, found = Keys(results.scenario, declarations()), []
    for lever in results.names("lever"):
        target = keys.addresses[lever]
        wanted = results.outcomes_called([outcome]) if outcome else _utilities(results, target)
        options = tuple(dict.fromkeys(results.table([lever])[lever].dropna()))
        if wanted and len(options) > 1:
            members = [address[1] for address in target.addresses]
            actor = name_of(results.scenario, members[0]) if len(members) == 1 else f"every {target.role.name}"
            found.append(Chooser(actor, lever, options, tuple(wanted), better))
    if not found:
        raise ResultsError(
            "nobody chooses in these results: they need a lever with two values that belongs to an actor, such as "
            "levers: {patron.policy: [swallow, status_quo]}; or name an --outcome"
        )
    return found


def payoffs(
    results: Results, chooser: Chooser, extra: Sequence[str] = ()
) -> tuple[np.ndarray, dict[str, np.ndarray], np.ndarray]:
    """The payoff of each option at each point of the other inputs, shape ``(point, option)``; ``extra`` columns; the draws.

    Replicates and other levers are averaged. Points at which some option has no finished run are left out.
    """
    others = [name for name in results.names("lever") if name != chooser.lever]
    runs = base_runs(results, chooser.lever, *chooser.columns, *others, *extra)
    runs = runs.assign(payoff=chooser.sign * runs[list(chooser.columns)].mean(axis=1))
    by = "cluster"
    table = runs.pivot_table(index=by, columns=chooser.lever, values="payoff", aggfunc="mean").reindex(columns=chooser.options)
    table = table.dropna()
    drawn = runs.groupby(by)[list(extra)].mean().loc[table.index] if extra else None
    columns = {name: drawn[name].to_numpy(float) for name in extra} if extra else {}
    return table.to_numpy(float), columns, table.index.to_numpy()


def _utilities(results: Results, target) -> list[str]:
    """The utilities of the members that a key belongs to, or of the roles inside its section."""
    members = {address[1] for address in target.addresses}
    outcomes = [column for column in results.columns.values() if column.kind == "outcome" and column.unit == "utility"]
    whole = [column for column in outcomes if column.name.rpartition(".")[2] == "utility"]
    own = [column.name for column in whole if column.owner in members]
    if own:
        return own
    inside = {
        member
        for role in declarations().roles.values()
        if role.section.startswith(f"{target.role.section}.")
        for member in results.scenario.entities[role.level]
    }
    return [column.name for column in whole if column.owner in inside]
