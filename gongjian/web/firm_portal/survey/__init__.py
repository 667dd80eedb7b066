"""The firm answers the confidence survey: two questions, without a name."""
