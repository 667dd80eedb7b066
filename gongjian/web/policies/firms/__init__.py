"""The firms one policy may apply to."""
