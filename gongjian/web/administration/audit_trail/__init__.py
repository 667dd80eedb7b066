"""The audit trail and the head of a day."""
