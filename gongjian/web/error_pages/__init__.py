"""Pages for requests that failed or were refused; what the user typed is kept."""
