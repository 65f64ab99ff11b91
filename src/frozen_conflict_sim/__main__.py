"""``python -m frozen_conflict_sim``: the command line."""

from frozen_conflict_sim.cli import main

if __name__ == "__main__":
    main()
