"""A laboratory for the dilemma of the patron state: an agent-based simulator of frozen conflicts.

>>> import frozen_conflict_sim as fcs
>>> fcs.__version__
'0.1.0'

``load_scenario`` reads a conflict, ``run`` plays it many times, ``run_experiment`` asks a question of it, ``open_results``
opens what was stored, ``plots`` draws it, ``compare`` sets two side by side, ``FrozenConflictModel`` is the Mesa model itself.
Each is loaded when it is first used: importing this package costs nothing.
"""

from importlib import import_module

__version__ = "0.1.0"

_PLACES = {
    "FrozenConflictModel": "politics.model",
    "Results": "results",
    "InputError": "scenario",
    "compare": "analysis.comparison.compare",
    "export": "analysis.export",
    "load_experiment": "experiment.load",
    "load_scenario": "scenario",
    "open_results": "results",
    "run": "ensemble",
    "run_experiment": "ensemble",
}
_MODULES = ("record", "plots")

__all__ = sorted([*_PLACES, *_MODULES])


def __getattr__(name: str):
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __dir__():
    return [*globals(), *__all__]
