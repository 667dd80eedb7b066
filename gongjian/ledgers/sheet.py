"""The sheet of every ledger: its title, the filter in words, the time of the data and the number of rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit.wording import in_chinese, moment_in_words
from gongjian.engines.sheets import workbook
from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.engines.writing.phones import mask_phone_cell, mask_phones


class Telephones(Enum):
    """Whether a workbook shows telephone numbers: workbooks are passed on, so most hide the middle of them."""

    HIDDEN = "hidden"
    WHOLE = "whole"

    def text(self, text: str) -> str:
        """A text as the workbook shows it."""
        return mask_phones(text) if self is Telephones.HIDDEN else text

    def number(self, cell: str) -> str:
        """A cell of telephone numbers as the workbook shows it."""
        return mask_phone_cell(cell) if self is Telephones.HIDDEN else cell


def _longest_word(head: str) -> int:
    """The width that a heading needs in English, whose words are not broken."""
    return 0 if in_chinese() else max((len(word) for word in head.split()), default=0) + 2


def ledger_sheet(
    *,
    title: str,
    words: str,
    as_of: datetime,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    telephones: Telephones = Telephones.HIDDEN,
) -> bytes:
    """The workbook as bytes; `words` is the filter in words, empty for all rows."""
    at = _("数据截至 %(at)s") % {"at": moment_in_words(as_of)}
    return workbook.write_sheet(
        title=title,
        note=f"{words or _('全部')} · {at}",
        columns=[SheetColumn(c.head, max(c.width, _longest_word(c.head))) for c in columns],
        rows=([telephones.text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows),
        day_format="yyyy-mm-dd" if in_chinese() else "d mmm yyyy",
        number_in_words=lambda n: _("共 %(n)s 行") % {"n": n},
    )
