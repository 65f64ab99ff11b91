"""Projects that touch sovereignty: they need every party's consent, and fail with relations.

Reference: @dewaal2015 on the railway; the record has estimates of USD 73 to 400 million.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, both, either
from ...roles import parent, project


@project.changes("project_agreed", phase="world")
def parties_consent(
    patron_offers_project,
    parent_consents,
    elite_consents,
    needs_parent,
    needs_elite,
    project_agreed,
):
    """A project is agreed once every party whose consent it needs has given it.

    >>> parties_consent(1.0, 1.0, 0.0, 1.0, 1.0, 0.0)
    0.0
    """
    willing = both(parent_consents >= needs_parent, elite_consents >= needs_elite)
    return patron_offers_project * either(willing, 1.0, 0.0) * (1.0 - project_agreed)


@project.changes("project_agreed", phase="world",
    cancellation_threshold=quantity(0.75, 0, 1, "index",
        "Alienation or outrage at which a parent calls a project off."),
)  # fmt: skip
def called_off(alienation, outrage, project_agreed, cancellation_threshold):
    """An outraged parent calls the project off.

    >>> called_off(0.8, 0.0, 1.0, 0.75)
    -1.0
    """
    return -project_agreed * either(
        at_least(alienation, outrage) > cancellation_threshold, 1.0, 0.0
    )


@project.hazard(phase="parents_hear",
    building_rate=quantity(0.12, 0, 1, "per quarter",
        "How likely an agreed project is to be finished in a quarter."),
)  # fmt: skip
def works_finished(project_agreed, project_open, building_rate):
    """Works take their time.

    >>> works_finished(1.0, 0.0, 0.12)
    0.12
    """
    return building_rate * project_agreed * (1.0 - project_open)


@project.changes("project_open", phase="world")
def opens(works_finished):
    """The first train runs.

    >>> opens(1.0)
    1.0
    """
    return works_finished


@project.changes("project_open", phase="world")
def closes(project_open, project_agreed):
    """Without an agreement the project closes again.

    >>> closes(1.0, 0.0)
    -1.0
    """
    return -project_open * (1.0 - project_agreed)


@project.derived("count")
def project_closed(project_agreed):
    """Whether the project still waits for an agreement.

    >>> project_closed(0.0)
    1.0
    """
    return 1.0 - project_agreed


parent.aggregates(
    "closed_projects",
    of="project_closed",
    how="sum",
    meaning="How many projects wait for an agreement.",
)
parent.aggregates(
    "open_projects", of="project_open", how="sum", meaning="How many projects operate."
)
