"""Cases in a rule file (用例): read from the file, run against the rule."""
