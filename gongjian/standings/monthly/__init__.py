"""The standings of a month: places, how sure, what changed, one area and its way up, a scheme tried on last year."""
