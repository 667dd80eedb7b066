"""The visit book as a list."""
