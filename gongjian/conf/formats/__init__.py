"""Date formats of the two interface languages."""
