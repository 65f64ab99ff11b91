"""What became of the publics."""

import numpy as np

from ...engine.time_step import quarters
from ..roles import public
from .declare import above, at_the_end, count, outcome, share_of


@outcome(public, "index", better_for="patron")
def support_at_end(mean_support):
    """Support for integration at the end, over all residents."""
    return at_the_end(mean_support)


@outcome(public, "share", better_for="patron", key_outcome=True)
def prefers_accession_at_end(accession_share):
    """Share of residents who would rather join the patron at the end."""
    return at_the_end(accession_share)


@outcome(public, "share", better_for="elite")
def prefers_independence_at_end(accession_share):
    """Share of residents who would rather stay apart at the end."""
    return 1.0 - at_the_end(accession_share)


@outcome(public, "share", better_for="parent")
def peak_mobilisation(mobilisation):
    """The largest share of residents in the street on any turn."""
    return np.max(mobilisation, axis=0)


@outcome(public, "count", better_for="parent")
def protests(mobilisation, protest_counted_from, time_step):
    """For how many quarters many residents were in the street."""
    return count(above(mobilisation, protest_counted_from).astype(float)) * quarters(time_step)


@outcome(public, "share", better_for="parent")
def unhappy_for_autonomy(dissatisfied_for_autonomy_share, autonomy_share):
    """Of those who would rather be on their own, the share that is dissatisfied, over the run.

    Undefined where nobody would.
    """
    return share_of(count(dissatisfied_for_autonomy_share), count(autonomy_share))


@outcome(public, "share", better_for="parent")
def voiced(dissatisfied_in_the_street, dissatisfied_share):
    """Of those who would be in the street if it cost nothing, the share that was there.

    Undefined where nobody would.
    """
    return share_of(count(dissatisfied_in_the_street), count(dissatisfied_share))
