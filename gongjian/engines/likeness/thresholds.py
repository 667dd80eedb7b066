"""All thresholds of likeness, for tuning. 0 means nothing in common, 1 means the same."""

SAME_MATTER = 0.38  # of a text to the centroid of a group: from here on it belongs to the group
SAME_GROUP = 0.5  # of the centroids of two groups: from here on they are one group
RELATED_GROUP = 0.15  # of two groups: from here on one is shown with the other
SIMILAR_TEXT = (
    0.6  # share of common character pairs of two open problems of one firm: from here on the clerk is warned
)
SEEN_BEFORE = 0.5  # share of common character pairs with an earlier text: from here on the back-test counts a text as seen before
