"""The working calendar, regimes, the ladder, the audit trail."""
