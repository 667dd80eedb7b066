"""Figures of a pasted text or of all sheets of a file. Raises BadFile for a file that is not opened."""

from collections.abc import Iterable

from gongjian.engines.sheets.book import BadBook
from gongjian.engines.tables.opening import BadFile, Unopened, open_file
from gongjian.indicators.reading.cells import Fault, Known, Place, Said, Why
from gongjian.indicators.reading.rules import Progress, ReadSheet, pasted_grid, read_sheet, tell_nobody


def read_pasted(text: str, known: Known, *, chosen: Said, tell: Progress = tell_nobody) -> ReadSheet:
    """The figures of a text copied from a spreadsheet."""
    return read_sheet(list(pasted_grid(text)), known, chosen=chosen, tell=tell)


def read_file(file: bytes, known: Known, *, chosen: Said, tell: Progress = tell_nobody) -> ReadSheet:
    """The figures of all visible sheets of a workbook; a sheet without figures beside one that has some says nothing."""
    opened = open_file(file)
    try:
        sheets = [
            read_sheet(opened.book.grid(name)[0], known, chosen=chosen, sheet=name, tell=tell)
            for name in opened.book.visible
        ]
    except BadBook as error:
        raise BadFile(Unopened.BROKEN) from error
    holding = [sheet for sheet in sheets if sheet.cells or not _only_headless(sheet)]
    return _together(holding or sheets[:1])


def _only_headless(sheet: ReadSheet) -> bool:
    return all(fault.why == Why.NO_HEADINGS for fault in sheet.faults)


def _together(sheets: Iterable[ReadSheet]) -> ReadSheet:
    found = ReadSheet()
    for sheet in sheets:
        found.cells += sheet.cells
        found.faults += sheet.faults
    return found


def fault_of_kept(kept: list[object]) -> Fault:
    """A fault as it was kept with a batch: sheet, row, column, why, what is shown."""
    sheet, row, column, why, shown = kept
    return Fault(Place(str(sheet), int(str(row)), int(str(column))), str(why), str(shown))
