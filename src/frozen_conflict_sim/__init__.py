"""A laboratory for the dilemma of the patron state: an agent-based simulator of frozen conflicts.

>>> import frozen_conflict_sim as fcs
>>> fcs.__version__
'0.1.0'

``load_scenario`` reads a conflict, ``run`` plays it many times, ``LiveEnsemble`` keeps it in memory to play it with other
values, ``load_experiment`` and ``run_experiment`` play an experiment, ``open_results`` opens stored results, ``compare``
compares two of them, ``contrast`` and ``difference`` compare two choices of one study, ``replay`` plays a stored run again,
``explain_run``, ``explain_runs`` and ``explain_model`` tell why runs went as they did, ``export`` writes results for others,
``plots`` draws them, ``record`` is the historical record, ``FrozenConflictModel`` is the Mesa model itself. An error in a
file is an ``InputError``. Each name is imported when it is first used, so importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it; to import it would take half of the time that this module takes

if TYPE_CHECKING:  # the same names as below, for type checkers and editors
    from . import plots as plots
    from . import record as record
    from .analysis.comparison.compare import compare as compare
    from .analysis.comparison.difference_results import difference as difference
    from .analysis.comparison.lever_contrasts import contrast as contrast
    from .analysis.export import export as export
    from .ensemble import run as run
    from .ensemble import run_experiment as run_experiment
    from .experiment.load import load_experiment as load_experiment
    from .explain.replay import replay as replay
    from .explain.source import explain_model as explain_model
    from .explain.source import explain_run as explain_run
    from .explain.source import explain_runs as explain_runs
    from .live import LiveEnsemble as LiveEnsemble
    from .model.model import FrozenConflictModel as FrozenConflictModel
    from .results import Results as Results
    from .results import open_results as open_results
    from .scenario import InputError as InputError
    from .scenario import load_scenario as load_scenario

__version__ = "0.1.0"

_PLACES = {
    "FrozenConflictModel": "model.model",
    "LiveEnsemble": "live",
    "Results": "results",
    "InputError": "scenario",
    "compare": "analysis.comparison.compare",
    "contrast": "analysis.comparison.lever_contrasts",
    "difference": "analysis.comparison.difference_results",
    "explain_model": "explain.source",
    "explain_run": "explain.source",
    "explain_runs": "explain.source",
    "export": "analysis.export",
    "load_experiment": "experiment.load",
    "load_scenario": "scenario",
    "open_results": "results",
    "replay": "explain.replay",
    "run": "ensemble",
    "run_experiment": "ensemble",
}
_MODULES = ("record", "plots")

__all__ = sorted([*_PLACES, *_MODULES])


if not TYPE_CHECKING:  # type checkers report a name that does not exist

    def __getattr__(name: str):
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
