"""Functions of whole trajectories, such as outcomes and classes, traced with arrays of symbols and compiled."""
