"""Where sources differ, and which counts."""
