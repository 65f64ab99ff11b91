"""Who lives in a territory: residents, the strata they belong to, and the factions that speak for them."""
