"""Progress asked of a unit (要进展): counted, and not asked for again while fresh."""
