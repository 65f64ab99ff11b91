"""What treaties do to the parent's opinion and to western sanctions: as far as the record shows, nothing."""

from __future__ import annotations

import numpy as np

from ..estimates import Estimate, mean, share
from ..pattern import pattern
from ..runs import Runs, first_turn, happened_within, value_at
from ..targets import at_least, at_most
from .actions import GEORGIA, patron
from .patron_and_parent import A_YEAR, signs_anywhere


@pattern("check", "A", at_most(0.05), "polls.csv: after November 2014 polls moved away from the West; sign A, cause C")
def polls_and_treaty(georgia_2014: Runs) -> Estimate:
    """Within a year of a treaty the parent's opinion moves by no more than five points to the West."""
    signed = first_turn(signs_anywhere(georgia_2014))
    opinion = georgia_2014.trajectory(f"{GEORGIA}.public_opinion")
    return mean(value_at(opinion, np.where(signed > 0, signed + A_YEAR, -1)) - value_at(opinion, signed - 1))


@pattern(
    "check",
    "A",
    {"sanctions in the year of Crimea": at_least(0.5), "more in the year after a treaty": at_most(0.05)},
    "events.csv: 2014, 2022; none after 2008, none after the treaties",
)
def force_not_depth(georgia_2014: Runs) -> dict[str, Estimate]:
    """Western economic sanctions answer annexation and large war, not the depth of treaties."""
    voices = georgia_2014.scenario.entities["voice"]
    sanctions = np.any([georgia_2014.chose(f"{voice}.toward_patron_state", "sanction") for voice in voices], axis=0)
    quiet = georgia_2014.trajectory(f"{patron(georgia_2014)}.recent_force") < 0.1
    treaty = happened_within(signs_anywhere(georgia_2014), A_YEAR)
    return {
        "sanctions in the year of Crimea": share(sanctions[:, :A_YEAR].any(axis=1)),
        "more in the year after a treaty": share(sanctions, quiet & treaty) - share(sanctions, quiet & ~treaty),
    }
