"""Areas as a tree; units with their posts."""
