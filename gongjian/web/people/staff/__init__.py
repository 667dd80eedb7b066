"""One form for a unit, a person, a post and an account."""
