"""The audit trail, and the head hash of a day."""
