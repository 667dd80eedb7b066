"""Pages of the local market."""
