"""What moved a quantity: its causes, which sum to its change, and their parts."""
