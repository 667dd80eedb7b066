"""Monthly investment of projects (投资): plan, reported and official in series of their own; a newer value supersedes an older one, nothing is deleted."""
