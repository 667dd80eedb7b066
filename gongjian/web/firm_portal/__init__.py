"""What a firm sees of its own problems, and its word by one-time code."""
