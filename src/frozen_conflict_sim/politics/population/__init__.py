"""Who lives in a territory: residents, their strata, and the factions that speak for them."""
