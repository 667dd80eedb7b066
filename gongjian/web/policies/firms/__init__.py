"""The firms of one policy."""
