"""Two tracks between patron and parent: trade and talks, which can recover while the dispute deepens, and projects that
touch sovereignty, which need the consent of every party and so stand or fall on politics. Also the parent's own politics."""

from ...engine.quantity import quantity
from ...engine.words import at_least, both, either, logistic
from ..roles import parent, project


@parent.changes("normalisation", phase="world", gain_by_offer=quantity(0.10, 0, 0.5, "per turn", "How much of what is missing an offer by the patron restores."))
def offers_answered(patron_normalises, reception, normalisation, gain_by_offer):
    """Trade and talks recover when the patron opens the door, most when the parent walks through it.

    >>> round(offers_answered(1.0, 1.0, 0.5, 0.1), 3)
    0.05
    """
    return gain_by_offer * patron_normalises * (0.5 + 0.5 * reception) * (1.0 - normalisation)


@parent.changes("normalisation", phase="world")
def parents_gesture(parent_normalises, normalisation):
    """The parent's own gestures help a little.

    >>> parents_gesture(1.0, 0.5)
    0.01
    """
    return 0.02 * parent_normalises * (1.0 - normalisation)


@parent.changes("normalisation", phase="world", loss_by_embargo=quantity(0.28, 0, 1, "per turn", "What an embargo costs normalisation."))
def embargo_bites(patron_embargoes, loss_by_embargo, normalisation):
    """An embargo undoes years of trade.

    >>> round(embargo_bites(1.0, 0.28, 0.5), 2)
    -0.21
    """
    return -loss_by_embargo * patron_embargoes * (0.5 + 0.5 * normalisation)


@parent.changes("normalisation", phase="world")
def words_cost(parent_denounces, normalisation):
    """Denunciation costs some contacts.

    >>> words_cost(1.0, 0.5)
    -0.015
    """
    return -0.03 * parent_denounces * normalisation


@parent.changes("normalisation", phase="world")
def relations_wear(normalisation, patron_coerces):
    """Relations wear by neglect, more under pressure at the line.

    >>> relations_wear(0.5, 1.0)
    -0.016
    """
    return -(0.012 + 0.02 * patron_coerces) * normalisation


@parent.changes("reception", phase="world")
def reception_remembered(parent_normalises, parent_denounces, reception):
    """How the patron is received is remembered for about a year.

    >>> round(reception_remembered(1.0, 0.0, 0.5), 2)
    0.15
    """
    return 0.3 * (0.5 + 0.5 * parent_normalises - 0.5 * parent_denounces - reception)


parent.declares(one_turn=quantity(1, 1, 1, "turns", "One turn ago."))
parent.delayed("turned_west", of="parent_goes_west", turns="one_turn")


@parent.changes("western_alignment", phase="world", course=quantity(0.03, 0, 0.3, "per turn", "How much one turn's choice moves alignment."))
def course_west(parent_goes_west, western_alignment, western_support, course):
    """A western course moves alignment, the more so with support.

    >>> round(course_west(1.0, 0.5, 0.25, 0.03), 4)
    0.0234
    """
    return course * 1.3 * parent_goes_west * (1.0 - western_alignment) * (1.0 + 0.8 * western_support)


@parent.changes("western_alignment", phase="world")
def course_lapses(parent_drifts, western_alignment, course):
    """A course that lapses loses what was reached.

    >>> course_lapses(1.0, 0.5, 0.03)
    -0.015
    """
    return -course * parent_drifts * western_alignment


parent.declares(calm_opinion=quantity(0.70, 0, 1, "share", "Support for the West in ordinary times.", source="NDI/CRRC 2014–2019, NATO goal 61 to 74 %", grade="estimated"))  # fmt: skip


@parent.changes("public_opinion", phase="world")
def opinion_reverts(public_opinion, calm_opinion):
    """Opinion on the West returns to where it was.

    >>> round(opinion_reverts(0.6, 0.7), 3)
    0.01
    """
    return 0.1 * (calm_opinion - public_opinion)


@parent.changes("public_opinion", phase="world")
def slump_turns_opinion(economy, public_opinion):
    """A slump turns people away from the West, which they blame for promises.

    >>> round(slump_turns_opinion(-0.3, 0.7), 3)
    -0.021
    """
    return 0.1 * economy * public_opinion


@parent.changes("public_opinion", phase="world")
def war_turns_opinion(clash, war_breaks_out, public_opinion):
    """Shots move opinion west by points, war by tens of points.

    >>> round(war_turns_opinion(0.0, 1.0, 0.7), 2)
    0.15
    """
    return (0.1 * clash + 0.5 * war_breaks_out) * (1.0 - public_opinion)


@parent.changes("public_opinion", phase="world", opinion_on_treaties=quantity(0.0, -1, 1, "ratio", "Whether a treaty by itself moves the parent's opinion: free around zero.", source="NDI/CRRC 2014–15: polls moved the other way"))  # fmt: skip
def treaties_move_opinion(grievance_at_work, signatures_arrived, opinion_on_treaties):
    """Whether a treaty by itself moves the parent's opinion.

    >>> treaties_move_opinion(1.0, 0.2, 0.0)
    0.0
    """
    return opinion_on_treaties * grievance_at_work * signatures_arrived


@parent.changes("economy", phase="world")
def economy_recovers(economy):
    """The economy returns to normal.

    >>> economy_recovers(-0.3)
    0.045
    """
    return -0.15 * economy


@parent.hazard(phase="parents_hear", street_hazard=quantity(0.01, 0, 0.5, "per turn", "How often something brings crowds against the patron into the parent's streets."))
def crowds_gather(street_hazard, alienation):
    """Now and then something brings crowds against the patron into the street, sooner where it is resented.

    >>> round(crowds_gather(0.01, 0.5), 3)
    0.02
    """
    return street_hazard * (1.0 + 2.0 * alienation)


@parent.changes("mobilised", phase="parents_hear")
def crowd_in_the_street(crowds_gather, mobilised):
    """The crowd is there.

    >>> crowd_in_the_street(1.0, 0.2)
    0.8
    """
    return crowds_gather * (1.0 - mobilised)


@parent.changes("mobilised", phase="world")
def crowd_goes_home(mobilised, crowds_gather):
    """A crowd goes home within a few turns.

    >>> round(crowd_goes_home(1.0, 0.0), 2)
    -0.65
    """
    return -0.65 * mobilised * (1.0 - crowds_gather)


@parent.measure("probability", against_hardliners=quantity(-1.6, -6, 4, "log odds", "The hard-liners' chance at the polls where nothing speaks for them."))
def hardliners_chance(alienation, economy, normalisation, mobilised, against_hardliners):
    """Hard-liners win on alienation, a bad economy and conciliation that brought nothing.

    >>> round(hardliners_chance(0.45, 0.0, 0.5, 0.0, -1.6), 2)
    0.17
    """
    return logistic(against_hardliners + 5.0 * (alienation - 0.45) - economy - 1.2 * (normalisation - 0.5) + mobilised)


@parent.measure("0 or 1")
def parent_votes(turns_to_vote):
    """Whether the parent votes this turn.

    >>> parent_votes(0.0)
    1.0
    """
    return either(turns_to_vote < 0.5, 1.0, 0.0)


@parent.hazard(phase="parents_hear")
def hardliners_win(parent_votes, hardliners_chance):
    """Whether the hard-liners win the vote."""
    return parent_votes * hardliners_chance


@parent.changes("hardline_cabinet", phase="world")
def government_changes(parent_votes, hardliners_win, hardline_cabinet):
    """A vote decides who leads the government.

    >>> government_changes(1.0, 1.0, 0.0)
    1.0
    """
    return parent_votes * (hardliners_win - hardline_cabinet)


@parent.changes("turns_to_vote", phase="world", parents_term=quantity(16, 2, 40, "turns", "Turns between the parent's elections.", source="constitutional term of four years", grade="documented"))
def parents_calendar(parent_votes, parents_term):
    """The calendar runs, and starts again after a vote.

    >>> parents_calendar(1.0, 16)
    15.0
    """
    return parent_votes * parents_term - 1.0


@parent.changes("hardline_share", phase="world")
def government_hardens(hardline_share, hardline_cabinet, alienation):
    """Conservative voices gain where alienation is high, and under a hard-line cabinet.

    >>> round(government_hardens(0.3, 0.0, 0.42), 3)
    -0.003
    """
    return 0.15 * (0.28 + 0.4 * hardline_cabinet + 0.5 * (alienation - 0.42) - hardline_share)


@project.changes("project_agreed", phase="world")
def parties_consent(patron_offers_project, parent_consents, elite_consents, needs_parent, needs_elite, project_agreed):
    """A project is agreed once every party whose consent it needs has given it.

    >>> parties_consent(1.0, 1.0, 0.0, 1.0, 1.0, 0.0)
    0.0
    """
    willing = both(parent_consents >= needs_parent, elite_consents >= needs_elite)
    return patron_offers_project * either(willing, 1.0, 0.0) * (1.0 - project_agreed)


@project.changes("project_agreed", phase="world", cancelled_at=quantity(0.75, 0, 1, "index", "Alienation or outrage at which a parent calls a project off."))
def called_off(alienation, outrage, project_agreed, cancelled_at):
    """An outraged parent calls it off.

    >>> called_off(0.8, 0.0, 1.0, 0.75)
    -1.0
    """
    return -project_agreed * either(at_least(alienation, outrage) > cancelled_at, 1.0, 0.0)


@project.hazard(phase="parents_hear", building_speed=quantity(0.12, 0, 1, "per turn", "How likely an agreed project is to be finished in a turn."))
def works_finished(project_agreed, project_open, building_speed):
    """Works take their time."""
    return building_speed * project_agreed * (1.0 - project_open)


@project.changes("project_open", phase="world")
def opens(works_finished):
    """The first train runs.

    >>> opens(1.0)
    1.0
    """
    return works_finished


@project.changes("project_open", phase="world")
def closes(project_open, project_agreed):
    """Without an agreement it closes again.

    >>> closes(1.0, 0.0)
    -1.0
    """
    return -project_open * (1.0 - project_agreed)


@project.measure("count")
def project_closed(project_agreed):
    """Whether the project still waits for an agreement.

    >>> project_closed(0.0)
    1.0
    """
    return 1.0 - project_agreed


parent.gathers("closed_projects", of="project_closed", how="sum", meaning="How many projects wait for an agreement.")
parent.gathers("open_projects", of="project_open", how="sum", meaning="How many projects operate.")


@parent.changes("normalisation", phase="world")
def trains_run(open_projects, normalisation):
    """An open corridor is trade.

    >>> trains_run(1.0, 0.5)
    0.005
    """
    return 0.01 * open_projects * (1.0 - normalisation)
