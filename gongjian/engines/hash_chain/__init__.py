"""The hash chain of events: digests, and the first broken link. Pure."""
