"""From which likeness on: every threshold of this kind, for tuning. 0 is nothing in common, 1 is the same."""

SAME_MATTER = 0.38  # of a text to the middle of a group: it belongs to the group
SAME_GROUP = 0.5  # of the middles of two groups: they are one
RELATED_GROUP = 0.15  # of two groups: one is shown beside the other
SIMILAR_TEXT = 0.6  # share of common character pairs: two open texts of one firm, the clerk is warned
SEEN_BEFORE = 0.5  # share of common character pieces: the back-test counts a text as seen before
