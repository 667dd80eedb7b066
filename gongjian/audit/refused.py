"""The one exception a user sees."""


class Refused(Exception):
    """A request the house declines: one whole sentence that says what to do next.

    `field` names the form field the sentence belongs to, when there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
