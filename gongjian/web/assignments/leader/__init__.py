"""The first page of a leader, and what stands behind it."""
