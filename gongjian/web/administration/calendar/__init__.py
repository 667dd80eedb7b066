"""The working calendar: years announced, a new year in two steps."""
