"""Pages for requests that could not be taken; what was typed is kept."""
