"""All thresholds of likeness, for tuning: each is the least that counts, from 0 (nothing in common) to 1."""

SAME_MATTER = 0.38  # text and centroid of a group: the text belongs to the group
SAME_GROUP = 0.5  # centroids of two groups: they are one group
RELATED_GROUP = 0.15  # two groups: one is shown with the other
SIMILAR_TEXT = 0.6  # share of common character pairs, two open problems of one firm: the clerk is warned
SEEN_BEFORE = 0.5  # share of common character pairs, text and an earlier one: the back-test counts it as seen
