"""Areas, units, persons, accounts, calendar, regimes, audit."""
