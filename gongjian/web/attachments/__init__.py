"""Files attached to problems and assignments: adding, showing and removing them."""
