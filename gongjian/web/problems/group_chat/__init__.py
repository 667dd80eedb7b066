"""The pages with a text to copy for the group chat."""
