"""Money: what the patron promises and pays, and what people get used to."""
