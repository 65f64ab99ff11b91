"""What a script or a notebook declares besides the catalogue: sent to other processes, and told apart by fingerprints."""
