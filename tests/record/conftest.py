"""Ensembles made by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from frozen_conflict_sim.engine.setting import Setting
from frozen_conflict_sim.record.runs import Runs

OPTIONS = {
    "treatment": ("hold", "ask_for_deeper_integration", "raise_subsidy", "withhold_subsidy", "back_a_candidate"),
    "trade": ("hold", "open", "embargo"),
    "at_the_line": ("hold", "coerce", "ease"),
    "on_a_bid": ("ignore", "rebuff", "encourage", "accept"),
    "answer": ("stall", "accept", "redraft", "refuse"),
    "initiative": ("none", "referendum_bid", "suppress_autonomists", "reach_out", "provoke"),
    "parting": ("leave", "referendum_bid"),
    "on_inherited_deal": ("keep", "suspend_and_consult", "drop"),
    "toward_patron": ("hold", "normalise", "denounce"),
    "orientation": ("hold", "westward", "drift"),
    "toward_patron_state": ("hold", "sanction"),
}
TERRITORIES = ("abkhazia", "south_ossetia")


def options_of(name):
    return next(options for decision, options in OPTIONS.items() if decision in name.split("."))


class Variables(dict):
    """What each column means: decisions by their options."""

    def __missing__(self, name):
        return SimpleNamespace(options=options_of(name))


class Made(Runs):
    """Runs made by hand: zero unless ``set`` writes a value, or the name of an option, into some turns."""

    def __init__(self, runs=20, turns=40, start=(2014, 1), territories=TERRITORIES):
        entities = {"patron": ("moscow",), "territory": territories, "parent": ("georgia",), "voice": ("eu", "us")}
        self.scenario = Setting("Made", start, turns, entities)
        self.alive = np.ones((runs, turns), bool)
        self.columns, self.outcomes = {}, {}

    def set(self, name, value, turns=slice(None), runs=slice(None)):
        column = self.columns.setdefault(name, np.zeros(self.alive.shape))
        column[runs, turns] = options_of(name).index(value) if isinstance(value, str) else value
        return self

    @property
    def _results(self):
        return SimpleNamespace(variables=Variables())

    def _stored(self, name):
        return self.columns.get(name, np.zeros(self.alive.shape))

    def outcome(self, name):
        return self.outcomes[name]


@pytest.fixture
def made():
    """Make an ensemble by hand."""
    return Made
