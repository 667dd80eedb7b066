"""Pages of the office's own Word templates."""
