"""What would have changed a choice: the smallest change of a weight or of a fact."""
