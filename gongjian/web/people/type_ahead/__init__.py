"""Type-ahead lists of units and persons."""
