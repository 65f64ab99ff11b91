"""What the texts say of the dilemma: where holding on pushes the parent, by horizon, theatre and starting point."""

from __future__ import annotations

from ...pattern import MechanismOff
from ...patterns.actions import GEORGIA
from ...targets import between
from ..measures import CHANNELS_OFF, STATUS_QUO, SWALLOW, THEATRES, effect_on, named
from ..statement import Found, statement

AWAY_AND_TOWARD = {
    "alienation": "alienation",
    "political normalisation": "political_normalisation",
    "alignment": "western_alignment",
    "support": "western_support",
}
HORIZONS = (4, 10, 20, 39)


@statement(
    "hypothesis",
    source="dewaal2015",
    quote="the closer it holds on to separatist territories, the further it pushes the big state away from Russia and toward "
    "the West.",
    scenarios=tuple(name for name, _ in THEATRES.values()),
    targets={},
    mechanism_off=CHANNELS_OFF,
)
def pushes_west(play) -> Found:
    """The closer the patron holds on, the further the parent moves away from it and toward the West: reported, not tested.

    By theatre, quarter, and region of grievance and accommodation; away (alienation, political normalisation) and toward the
    West (alignment, support) apart.
    """
    found = {}
    for theatre, (name, parent) in THEATRES.items():
        grip, none = play(name, SWALLOW), play(name, STATUS_QUO)
        for words, quantity in AWAY_AND_TOWARD.items():
            for quarter in HORIZONS:
                found[f"{theatre}, {words}, quarter {quarter}"] = effect_on(grip, none, named(f"{parent}.{quantity}"), quarter)
    for grievance, accommodation in ((0.5, 0.3), (0.5, 0.9), (1.5, 0.3), (1.5, 0.9)):
        values = {"parent.grievance": grievance, "parent.accommodation": accommodation}
        grip, none = (play("georgia_2014", values | policy) for policy in (SWALLOW, STATUS_QUO))
        for words in ("alienation", "alignment"):
            quantity = named(f"{GEORGIA}.{AWAY_AND_TOWARD[words]}")
            region = f"grievance {grievance:g}, accommodation {accommodation:g}"
            for quarter in (10, 39):
                found[f"{region}, {words}, quarter {quarter}"] = effect_on(grip, none, quantity, quarter)
    return found


STARTS = {
    "western alignment 0.8 over 0.3": ("western_alignment", 0.3, 0.8),
    "alienation 0.7 over 0.2": ("alienation", 0.2, 0.7),
}


@statement(
    "observation",
    source="dewaal2015",
    quote="As it gets ready to sign the new treaty, the Kremlin is confronting the same dilemma it faces in Moldova and "
    "Ukraine",
    scenarios=tuple(name for name, _ in THEATRES.values()),
    targets={
        f"{words}, quarter {quarter}, {start}": between(0.5, 2.0)
        for start in STARTS
        for words in ("alienation", "alignment")
        for quarter in (10, 39)
    },
    mechanism_off=MechanismOff("a push counts for less near the end of the scale", {"parent.response_to_pushes": "saturating"}),
)
def same_dilemma(play) -> Found:
    """One and the same push, computed in every theatre, does not depend by its form on where the parent starts on the scale."""
    found = {}
    for start, (state, low, high) in STARTS.items():
        contrasts = {}
        for value in (low, high):
            begin = {f"parents.{GEORGIA}.{state}": value}
            grip, none = (play("georgia_2014", begin | policy) for policy in (SWALLOW, STATUS_QUO))
            for words in ("alienation", "alignment"):
                for quarter in (10, 39):
                    quantity = named(f"{GEORGIA}.{AWAY_AND_TOWARD[words]}")
                    contrasts[value, words, quarter] = effect_on(grip, none, quantity, quarter)
        for (value, words, quarter), contrast in contrasts.items():
            if value == high:
                found[f"{words}, quarter {quarter}, {start}"] = contrast / contrasts[low, words, quarter]
            found[f"{words}, quarter {quarter}, {state.replace('_', ' ')} {value:g}"] = contrast
    return found
