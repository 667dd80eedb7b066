"""The desk of a unit, the page of a leader, and the moves on one assignment."""
