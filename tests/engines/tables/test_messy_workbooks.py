"""A corpus of messy workbooks, each with one named defect, is read as a person would read it."""

import re

import pytest

from gongjian.engines.tables.heads import HeadWords, fill_merged, find_head
from gongjian.engines.tables.opening import open_file
from gongjian.engines.tables.rows import read_rows
from gongjian.engines.tables.values import BadCell, read_day, read_text
from tests.engines.tables.messy import CORPUS

NAMES = {
    "单位名称": "name",
    "部门全称": "name",
    "主要职责": "duties",
    "职能": "duties",
    "成立时间": "since",
    "成立日期": "since",
}
KNOWN = HeadWords(NAMES, anchors=["name"], beside={}, chosen={})


def read(file):
    """Name, duties and day of every record, and the codes of cells that are refused; a refused cell shows its code."""
    opened = open_file(file)
    sheet = opened.book.visible[0]
    grid, merged = opened.book.grid(sheet)
    fill_merged(grid, merged)
    head = find_head(grid, merged, KNOWN)
    assert head is not None
    title = "".join(str(cell) for row in grid[: head.first] for cell in row)
    years = re.findall(r"20\d\d", title)
    refused = []

    def cell(row, name):
        if name not in row.values:
            return None
        try:
            if name == "since":
                year = int(years[0]) if years else None
                return read_day(row.values[name], year=year, from_1904=opened.from_1904)
            return read_text(row.values[name], longest=100)
        except BadCell as bad:
            refused.append(bad.why.value)
            return bad.why.value

    records = read_rows(grid, head).records
    return [tuple(cell(row, name) for name in ("name", "duties", "since")) for row in records], refused


@pytest.mark.parametrize("messy", CORPUS, ids=lambda messy: messy.defect)
def test_it_is_read_as_a_person_would(messy):
    assert read(messy.file) == (messy.read, messy.refused)


def test_every_defect_is_named_once():
    assert len({messy.defect for messy in CORPUS}) == len(CORPUS) >= 60
