"""Hand-overs (交办): who owes what by when. The one engine for whatever is owed.

For: moves, regimes, checkpoints, the clock and its lights with their reason.
Not for: why something is owed; problems, promises and battles belong to the packages above.
"""
