"""From a scenario to stored runs: the study, its chunks, the processes that run them, the folder that keeps them."""
