"""Pages of standings: a month, one area and its way up, what was published, schemes and their trial, excuses."""
