"""To a unit and away from it (交办、改派、撤回): who owes it, by when, who supports, who gets a copy."""
