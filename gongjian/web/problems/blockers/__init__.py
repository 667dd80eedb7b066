"""The project of a problem: the form that names it."""
