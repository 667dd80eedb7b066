"""Facts on which sources differ, and the choice of the source that counts."""
