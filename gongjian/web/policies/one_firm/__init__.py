"""What a policy library means for one firm."""
