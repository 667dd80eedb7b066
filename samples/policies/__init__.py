"""The same rules and firms for every engine of policies."""
