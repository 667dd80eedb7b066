"""Cases beside a rule: read from the file, run against the rule."""
