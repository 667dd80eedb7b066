"""The parts of an official paper (公文), as immutable data."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal[1, 2, 3, 4]
Numerals = Literal["chinese", "arabic"]


@dataclass(frozen=True)
class LinkedNumber:
    """A number in the text, with the bookmark that leads to the records it counts."""

    text: str
    anchor: str


Run = str | LinkedNumber


@dataclass(frozen=True)
class PaperHeading:
    """A heading; its number (一、, （一）, 1., (1)) is added when it is written."""

    level: Level
    text: str


@dataclass(frozen=True)
class PaperParagraph:
    """A paragraph of the body."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class PaperTable:
    """A table; the head repeats on every page and no row is split."""

    head: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]


Block = PaperHeading | PaperParagraph | PaperTable


@dataclass(frozen=True)
class Brief:
    """One issue of a brief (简报). `number`, `day` and `printed` are said as in Chinese where they are empty."""

    head: str
    year: int
    issue: int
    unit: str
    on: date
    title: str
    blocks: tuple[Block, ...]
    sent_to: tuple[str, ...] = ()
    number: str = ""
    day: str = ""
    printed: str = ""
    numerals: Numerals = "chinese"


@dataclass(frozen=True)
class FormCell:
    """One cell of a form: `span` of the form's columns; a label is centred and set in 黑体."""

    text: str
    span: int = 1
    label: bool = False


@dataclass(frozen=True)
class FormRow:
    """Cells of one row; `height` is the least height in millimetres, room for the pen."""

    cells: tuple[FormCell, ...]
    height: int = 9


@dataclass(frozen=True)
class SlipForm:
    """A form of bordered cells (交办单); `widths` are millimetres of its columns."""

    title: str
    left: str
    right: str
    on: date
    widths: tuple[int, ...]
    rows: tuple[FormRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forms:
    """Several forms in one file, each beginning on a page of its own."""

    title: str
    forms: tuple[SlipForm, ...]

    @property
    def on(self) -> date:
        """The day of the last form."""
        return max(form.on for form in self.forms)


Paper = Brief | SlipForm | Forms
