"""Which printed post is a post in a firm, and which posts are one. Pure."""

from gongjian.intake.registers.vocabulary import FIRMS, IN_CHARGE, IN_FIRMS


def is_firm_post(title: str) -> bool:
    """Whether a post as printed is held in a firm, a bank or an association, never in a government."""
    title = title.strip()
    in_charge = title.endswith(IN_CHARGE) and any(word in title for word in FIRMS)
    return title.endswith(IN_FIRMS) or in_charge


def holds(title: str, held: str) -> bool:
    """Whether a printed post and a post on record are one: equal, or one the end of the other."""
    return title.endswith(held) or held.endswith(title)
