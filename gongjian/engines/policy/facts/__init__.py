"""Facts as the engine sees them: the catalogue, units, periods and the row of one firm."""
