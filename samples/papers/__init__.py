"""Papers made at random, and where each sign of a paper stands on its page."""
