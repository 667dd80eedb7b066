"""The working calendar: the years announced, and adopting a new year in two steps."""
