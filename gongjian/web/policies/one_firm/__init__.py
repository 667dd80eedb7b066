"""What the policies mean for one firm."""
