"""Pages of confidence surveys: the firm's form, the office's list and results."""
