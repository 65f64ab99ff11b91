"""Reports: results as one file for people who do not run programs, without scripts, with every sentence computed."""

from __future__ import annotations

from .make import report, report_of_two

__all__ = ["report", "report_of_two"]
