"""Plots of choices and doubts: each draws what an analysis found, not a results folder."""
