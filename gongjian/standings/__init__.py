"""Areas compared (比学赶超): scoring schemes kept as rows, monthly standings computed from figures as known, what was published, commendation.

For: schemes edited by one and signed by another, places with ties and their reasons, excuses, published standings, the honours register.
Not for: persons, who are never ranked; figures (indicators); targets (campaigns); the machine itself (`engines/standings`).
"""
