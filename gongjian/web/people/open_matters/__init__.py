"""Pages of open matters: those of one person or unit, handed on in one step; and all that nobody holds any more."""
