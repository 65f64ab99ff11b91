"""What can be wrong with a results folder, said in a sentence."""


class ResultsError(Exception):
    """A results folder cannot be used as asked."""


class NotResults(ResultsError):
    """The folder holds no results."""


class FolderTaken(ResultsError):
    """The folder holds another study, or other files, or another process is writing into it."""


class NoSuchPlot(ResultsError):
    """A picture was asked for that cannot be drawn of these results."""


class NoSuchColumn(ResultsError, LookupError):
    """A column was asked for that these results do not have."""


class CorruptPart(ResultsError):
    """A file of the folder is not what was written."""


class NotComparable(ResultsError):
    """Two results have no runs that can be paired."""


class NoCluster(ResultsError):
    """There is no cluster where one was said to be, or none of its workers can be used."""


class ClusterGone(ResultsError):
    """The scheduler of a cluster went away and did not come back."""
