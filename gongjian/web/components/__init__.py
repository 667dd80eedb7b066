"""Every visual component on one page."""
