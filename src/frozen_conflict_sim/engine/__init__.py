"""How things are computed: quantities, chance, decisions, contributions. Knows nothing of politics."""
