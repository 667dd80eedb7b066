"""How long lists are cut into pages: no first page is longer than five screens of a phone.

A page of `PAGE` rows stays below that when a row is a card of up to five lines; lists whose rows are taller or bring more
beside them take fewer. `tests/journeys/test_heights.py` measures every page.
"""

LINES = 35  # rows of one line or two
PAGE = 18  # rows of cards
TALL = 14  # rows of cards of more than five lines
FEW = 10  # rows that are taller: texts, notices, forms in each row
DRAFTS = 5  # drafts of a report, each with its fields and its source
