"""The visit book."""
