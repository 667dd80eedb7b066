"""The acceptance test of a closure (核查四问)."""
