"""Whole numbers as a form, an address or a person writes them."""

LARGEST = 2**63 - 1  # what a column of whole numbers holds


def whole_number(written: str, *, largest: int = LARGEST) -> int | None:
    """The number of these digits; None for anything else and above `largest`.

    >>> whole_number("12"), whole_number("²"), whole_number("9" * 5000)
    (12, None, None)
    """
    fits = len(written) <= len(str(largest)) and written.isascii() and written.isdecimal()
    return number if fits and (number := int(written)) <= largest else None
