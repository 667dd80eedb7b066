"""Areas, units, persons, accounts."""
