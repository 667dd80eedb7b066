"""Facts as the engine sees them: catalogue, units, periods, one firm's row."""
