"""Errors about results, each a sentence for the user; and which errors are failures of the machine."""

from __future__ import annotations

import errno

_REFUSED = (
    "failed to map segment", "cannot allocate memory", "memory allocation", "can't start new thread", "launch worker thread",
    "resource temporarily unavailable", "error return without exception set", "bad_alloc",
)  # fmt: skip


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


def is_out_of_memory(error: BaseException | None) -> bool:
    """Whether the system refused memory, also that for a library, a thread or a process: no fault of what was asked for.

    >>> is_out_of_memory(ImportError("libx.so: failed to map segment from shared object")), is_out_of_memory(ImportError("x"))
    (True, False)
    >>> is_out_of_memory(OSError("Couldn't deserialize thrift: std::bad_alloc"))
    True

    An error of this module says itself what is wrong, whatever the system said before.

    >>> held = FolderTaken("another process is writing into x")
    >>> held.__context__ = BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
    >>> is_out_of_memory(held)
    False
    """
    while error is not None and not isinstance(error, ResultsError):
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
            return True
        if any(words in str(error).lower() for words in _REFUSED):
            return True
        error = error.__cause__ or error.__context__
    return False
