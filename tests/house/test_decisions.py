"""Decision records: number, title, date, status, at most 40 lines; their index is up to date."""

import pytest

from tests.house.decisions import FOLDER, INTRODUCTION, LONGEST, faults, files, index
from tests.house.planted import planted

GOOD = "# 1. A title\n\n- Date: 2026-11-24\n- Status: accepted\n\nWhy.\n"
BAD = {
    "no number in the title": ("0001-a.md", GOOD.replace("1. ", "")),
    "another number than the file's": ("0002-a.md", GOOD),
    "no title": ("0001-a.md", GOOD.replace(" A title", "")),
    "no date": ("0001-a.md", GOOD.replace("- Date: 2026-11-24\n", "")),
    "a date that is no day": ("0001-a.md", GOOD.replace("11-24", "11-31")),
    "a date written in another way": ("0001-a.md", GOOD.replace("2026-11-24", "20261124")),
    "no status": ("0001-a.md", GOOD.replace("- Status: accepted\n", "")),
    "a status outside the closed set": ("0001-a.md", GOOD.replace("accepted", "proposed")),
    "superseded by a record that is not there": ("0001-a.md", GOOD.replace("accepted", "superseded by 0009")),
    "superseded by itself": ("0001-a.md", GOOD.replace("accepted", "superseded by 0001")),
    "too long": ("0001-a.md", GOOD + "Why.\n" * LONGEST),
    "nothing but a head": ("0001-a.md", GOOD.replace("Why.\n", "")),
}


def test_every_record_is_in_order():
    assert len(files(FOLDER)) >= 19
    assert faults(FOLDER) == []


def test_the_index_lists_every_record():
    """Out of date? Run `make messages`."""
    assert f"at most {LONGEST} lines" in INTRODUCTION
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == index(FOLDER)
    assert all(f"]({path.name})" in index(FOLDER) for path in files(FOLDER))


@planted(test_every_record_is_in_order)
def test_a_record_in_order_is_not_blamed(tmp_path):
    (tmp_path / "0001-a.md").write_text(GOOD.replace("accepted", "superseded by 0002"), encoding="utf-8")
    (tmp_path / "0002-b.md").write_text(GOOD.replace("1. ", "2. "), encoding="utf-8")
    assert faults(tmp_path) == []


@planted(test_every_record_is_in_order)
@pytest.mark.parametrize("fault", BAD)
def test_a_planted_fault_is_found(tmp_path, fault):
    name, text = BAD[fault]
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(faults(tmp_path)) == 1


@planted(test_every_record_is_in_order)
def test_a_number_given_twice_is_found(tmp_path):
    for name in ("0001-a.md", "0001-b.md"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    assert faults(tmp_path) == ["0001: two records have this number"]


@planted(test_the_index_lists_every_record)
def test_an_index_that_lacks_a_record_is_another_one(tmp_path):
    (tmp_path / "0001-a.md").write_text(GOOD, encoding="utf-8")
    before = index(tmp_path)
    assert "](0001-a.md)" in before
    (tmp_path / "0002-b.md").write_text(GOOD.replace("1. ", "2. "), encoding="utf-8")
    assert index(tmp_path) != before
