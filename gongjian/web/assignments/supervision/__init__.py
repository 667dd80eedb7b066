"""What stands on the ladder."""
