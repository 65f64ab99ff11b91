"""The actions that patterns look for, each as a mask of shape ``(run, turn)`` over one or more choices."""

from __future__ import annotations

import numpy as np

from ..runs import Runs, happened_within

ABKHAZIA, SOUTH_OSSETIA, TRANSNISTRIA = "abkhazia", "south_ossetia", "transnistria"
GEORGIA = "georgia"
MASS_PROTEST = 0.10  # what the outcome `protests` counts as a protest


def patron(runs: Runs) -> str:
    """The patron's name in the columns."""
    return runs.scenario.entities["patron"][0]


def asks(runs: Runs, territory: str) -> np.ndarray:
    """The patron asks for deeper integration."""
    return runs.chose(f"{patron(runs)}.treatment.{territory}", "ask_for_deeper_integration")


def signs(runs: Runs, territory: str) -> np.ndarray:
    """The territory signs a treaty, softened or not."""
    return runs.chose(f"{territory}.answer", "accept", "redraft")


def withholds(runs: Runs, territory: str) -> np.ndarray:
    """The patron holds money back."""
    return runs.chose(f"{patron(runs)}.treatment.{territory}", "withhold_subsidy")


def normalises(runs: Runs) -> np.ndarray:
    """The patron lifts bans and offers trade."""
    return runs.chose(f"{patron(runs)}.trade.{GEORGIA}", "open")


def embargoes(runs: Runs) -> np.ndarray:
    """The patron bans goods, flights and travel."""
    return runs.chose(f"{patron(runs)}.trade.{GEORGIA}", "embargo")


def crowds_gather(runs: Runs) -> np.ndarray:
    """Crowds against the patron come into the parent's streets, where there were none."""
    crowd = runs.trajectory(f"{GEORGIA}.mobilised_against_patron") > 0.99
    return crowd & ~np.roll(crowd, 1, axis=1) & (np.arange(crowd.shape[1]) > 0)


def bids(runs: Runs, territory: str) -> np.ndarray:
    """A leader calls a referendum on accession, in office or on the way out."""
    return runs.chose(f"{territory}.initiative", "referendum_bid") | runs.chose(f"{territory}.parting", "referendum_bid")


def apart_still(runs: Runs, territory: str) -> np.ndarray:
    """The territory is neither annexed nor reintegrated."""
    joined = (runs.trajectory(f"{territory}.{fate}") > 0.5 for fate in ("annexed", "reintegrated"))
    return runs.alive & ~np.logical_or(*joined)


def tie_holds(runs: Runs, territory: str) -> np.ndarray:
    """The patron's bases are still there, the territory has not settled with its parent, no deal was denounced in a year."""
    denounced = happened_within(runs.chose(f"{territory}.on_inherited_deal", "drop"), 4)
    settled, bases = (runs.trajectory(f"{territory}.{name}") for name in ("reintegrated", "bases"))
    return (bases >= 0.5 * bases[:, :1]) & (settled < 0.5) & ~denounced
