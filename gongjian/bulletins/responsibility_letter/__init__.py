"""The letter of responsibility (责任书) of an area as a Word file."""
