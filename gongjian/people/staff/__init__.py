"""A unit, a person, a post and an account registered together."""
