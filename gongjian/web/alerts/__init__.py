"""Pages of alerts: the list, handing one over, the rules as rows."""
