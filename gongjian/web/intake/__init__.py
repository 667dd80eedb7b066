"""Reports pasted or uploaded, and their drafts."""
