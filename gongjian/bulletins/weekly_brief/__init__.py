"""The weekly brief (简报): what it counts, what it says, its Word file."""
