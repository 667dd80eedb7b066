"""The estimated cost of a version of a policy."""
