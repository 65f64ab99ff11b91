"""Errors about results, each a sentence for the user."""


class ResultsError(Exception):
    """Results cannot be used as asked."""


class NotResults(ResultsError):
    """The folder is not a results folder of this format."""


class FolderTaken(ResultsError):
    """The folder holds another study or other files, or another process is writing into it."""


class NoSuchPlot(ResultsError):
    """The plot cannot be drawn from these results."""


class NoSuchColumn(ResultsError, LookupError):
    """These results do not have the column."""


class NoSuchRun(ResultsError, LookupError):
    """These results do not have the run."""


class CorruptPart(ResultsError):
    """A file of the folder is damaged or missing."""


class NotComparable(ResultsError):
    """Two results have no runs that can be paired."""


class NoCluster(ResultsError):
    """No cluster answers at the address, or none of its workers can be used."""


class ClusterGone(ResultsError):
    """The scheduler of a cluster went away and did not come back in time."""
