"""What the publics want, and how far they are heard."""

from __future__ import annotations

import numpy as np

from ..estimates import Estimate, mean, share
from ..pattern import MechanismOff, pattern
from ..runs import Runs
from ..targets import above, at_least, at_most
from .actions import ABKHAZIA, SOUTH_OSSETIA, TRANSNISTRIA, apart_still, asks


@pattern(
    "test",
    "B",
    {
        "South Ossetia over Transnistria": above(0.0),
        "Transnistria over Donbas": at_least(0.0),
        "Donbas over Abkhazia": at_least(0.0),
    },
    "polls.csv",
    must_fail=("labels_swapped", "base_rates"),
    mechanism_off=MechanismOff("identities make no difference", {"public.autonomy_minded_share": 0.5}),
)
def support_order(georgia_2014: Runs, transnistria_2014: Runs, donbas_2014: Runs) -> dict[str, Estimate]:
    """Support for accession is highest in South Ossetia, then Transnistria, Donbas, Abkhazia (2014 to 2016)."""

    def wish(runs: Runs, *territories: str) -> Estimate:
        courses = [runs.during(f"{territory}.accession_share", "2014-Q1", "2017-Q1") for territory in territories]
        return mean(np.concatenate(courses, axis=1))

    south_ossetia, abkhazia = wish(georgia_2014, SOUTH_OSSETIA), wish(georgia_2014, ABKHAZIA)
    transnistria, donbas = wish(transnistria_2014, TRANSNISTRIA), wish(donbas_2014, "donetsk", "luhansk")
    return {
        "South Ossetia over Transnistria": south_ossetia - transnistria,
        "Transnistria over Donbas": transnistria - donbas,
        "Donbas over Abkhazia": donbas - abkhazia,
    }


@pattern(
    "test",
    "B",
    {
        "Abkhazia, accession in 2006": at_least(0.5),
        "Abkhazia, accession in 2011": at_most(0.5),
        "South Ossetia, accession in 2011": at_least(0.5),
    },
    "polls.csv: Abkhazia 68 to 25 (2006), 25 to 73 (2011)",
    must_fail=("persistence", "labels_swapped", "base_rates"),
    mechanism_off=MechanismOff("nobody fears the parent, so protection changes nothing", {"public.support_by_fear": 0.0}),
)
def recognition_turns_opinion(georgia_2006: Runs) -> dict[str, Estimate]:
    """Recognition turns a majority for accession into one for independence in Abkhazia, where identity is distinct."""

    def wish(territory: str, year: int) -> Estimate:
        return mean(georgia_2006.during(f"{territory}.accession_share", f"{year}-Q3", f"{year}-Q4"))

    return {
        "Abkhazia, accession in 2006": wish(ABKHAZIA, 2006),
        "Abkhazia, accession in 2011": wish(ABKHAZIA, 2011),
        "South Ossetia, accession in 2011": wish(SOUTH_OSSETIA, 2011),
    }


@pattern(
    "test",
    "B",
    {
        "voiced, South Ossetia over Abkhazia": at_most(0.5),
        "silenced while an ask is pending, South Ossetia": above(0.0),
        "silenced while an ask is pending, Abkhazia": above(0.0),
    },
    "2011, 2015, 2017: a website blocked a month before the signing",
    must_fail=("persistence", "random_option", "labels_swapped", "base_rates"),
    mechanism_off=MechanismOff(
        "both can keep people off the street equally well, and a pending ask is no reason to",
        {"territory.coercive_capacity": 0.45, "elite.incentives.quiet_for_the_deal": 0.0},
    ),
)
def voice_filtered(georgia_2014: Runs) -> dict[str, Estimate]:
    """Of the dissatisfied half as many or fewer take to the street in South Ossetia; a pending ask silences critics."""

    def voiced(territory: str) -> Estimate:
        there, would = (georgia_2014.trajectory(f"{territory}.{name}") for name in ("mobilisation", "dissatisfied_share"))
        return mean(there) / mean(would)

    def silenced(territory: str) -> Estimate:
        waits = np.roll(georgia_2014.trajectory(f"{territory}.ask_pending") > 0.5, 1, axis=1)
        waits[:, 0] = False
        pending = asks(georgia_2014, territory) | waits
        act = georgia_2014.chose(f"{territory}.initiative", "suppress_autonomists")
        apart = apart_still(georgia_2014, territory)
        return share(act, pending & apart) - share(act, ~pending & apart)

    return {
        "voiced, South Ossetia over Abkhazia": voiced(SOUTH_OSSETIA) / voiced(ABKHAZIA),
        "silenced while an ask is pending, South Ossetia": silenced(SOUTH_OSSETIA),
        "silenced while an ask is pending, Abkhazia": silenced(ABKHAZIA),
    }
