"""The chain of rounds of one matter (重新交办链)."""
