"""The firm's own pages: its problems, and its opinion given by one-time code."""
