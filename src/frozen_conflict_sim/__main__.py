"""``python -m frozen_conflict_sim``: the command line."""

import os
import sys

# `python -m` looks for modules in the current folder first, where a file of the user may be called random.py or mesa.py.
if sys.path and sys.path[0] in ("", os.getcwd()):
    del sys.path[0]

from frozen_conflict_sim.cli import main

if __name__ == "__main__":
    main()
