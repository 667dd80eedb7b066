"""Why the text of a file cannot be had."""


class Unreadable(Exception):
    """A file without a text to read.

    `why` is empty, bomb, hard, broken, locked, scan, picture, old, sheet, packed, blank or not_text.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
