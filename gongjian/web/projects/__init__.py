"""Pages of major projects: ledger, one project, registering and correcting."""
