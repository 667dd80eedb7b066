"""The tray of reports, pasted or uploaded, and the drafts read from them."""
