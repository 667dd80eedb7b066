"""Supporting units of an assignment."""
