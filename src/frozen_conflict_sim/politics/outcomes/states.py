"""What became of the parents, the projects, the patron and the West."""

import numpy as np

from ...engine.time_step import quarters
from ..roles import parent, patron, project, voice
from .declare import at_the_end, count, ever, first_quarter, on_average, outcome


@outcome(parent, "index", better_for="patron", key_outcome=True)
def alienation_at_end(alienation):
    """The parent government's alienation at the end."""
    return at_the_end(alienation)


@outcome(parent, "index")
def alienation_on_average(alienation):
    """The parent government's alienation over the run."""
    return on_average(alienation)


@outcome(parent, "index")
def acceptance_at_end(acceptance):
    """How far the parent has come to live with the fait accompli at the end."""
    return at_the_end(acceptance)


@outcome(parent, "share", key_outcome=True)
def hardline_share_at_end(hardline_share):
    """The weight of hard-liners in government at the end."""
    return at_the_end(hardline_share)


@outcome(parent, "index", better_for="west", key_outcome=True)
def western_alignment_at_end(western_alignment):
    """The parent's alignment with the West at the end."""
    return at_the_end(western_alignment)


@outcome(parent, "index", better_for="west")
def western_alignment_on_average(western_alignment):
    """The parent's alignment with the West over the run."""
    return on_average(western_alignment)


@outcome(parent, "share", better_for="west")
def public_opinion_at_end(public_opinion):
    """Support for the West among the parent's public at the end."""
    return at_the_end(public_opinion)


@outcome(parent, "index", better_for="parent", key_outcome=True)
def political_normalisation_at_end(political_normalisation):
    """Talks that lead somewhere between patron and parent at the end."""
    return at_the_end(political_normalisation)


@outcome(parent, "index", better_for="parent", key_outcome=True)
def trade_and_travel_at_end(trade_and_travel):
    """Trade, flights and visas between patron and parent at the end."""
    return at_the_end(trade_and_travel)


@outcome(parent, "count", better_for="patron")
def quarters_coerced(patron_coerces, time_step):
    """For how many quarters the patron coerced at the line."""
    return count(patron_coerces) * quarters(time_step)


@outcome(parent, "count")
def embargoes(patron_embargoes, time_step):
    """For how many quarters the patron banned goods or flights."""
    return count(patron_embargoes) * quarters(time_step)


@outcome(parent, "count")
def clashes(clash):
    """How often shots were fired."""
    return count(clash)


@outcome(parent, "yes or no", key_outcome=True)
def war(fighting, war_breaks_out):
    """Whether there was war."""
    return np.maximum(ever(fighting), ever(war_breaks_out))


@outcome(project, "yes or no", better_for="parent", key_outcome=True)
def opened(project_open):
    """Whether the project ever operated."""
    return ever(project_open)


@outcome(project, "quarter", better_for="parent")
def opening_quarter(project_open, time_step):
    """The quarter in which it opened, counted from 1; undefined if it never did."""
    return first_quarter(project_open, time_step)


@outcome(patron, "index", better_for="west")
def sanctions_at_end(sanctions):
    """Western sanctions on the patron at the end."""
    return at_the_end(sanctions)


@outcome(patron, "index", better_for="west")
def sanctions_on_average(sanctions):
    """Western sanctions on the patron over the run."""
    return on_average(sanctions)


@outcome(voice, "count", better_for="parent")
def quarters_condemning(voice_condemns, time_step):
    """For how many quarters the voice condemned the patron in words."""
    return count(voice_condemns) * quarters(time_step)


@outcome(parent, "strength")
def perceived_backlash_at_end(perceived_backlash):
    """What the patron has come to believe of this parent's backlash at the end."""
    return at_the_end(perceived_backlash)


@outcome(patron, "count", better_for="patron", key_outcome=True)
def treaties(treaties_signed):
    """How many treaties were signed."""
    return count(treaties_signed)
