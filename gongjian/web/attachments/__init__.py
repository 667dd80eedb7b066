"""Files beside problems and assignments: adding, showing, taking away."""
