"""Handing an assignment over, reassigning it and taking it back (交办、改派、撤回)."""
