"""Traditional script is read as simplified, and every value still points at the original signs."""

import pytest

from gongjian.engines.reports.extractor import extract
from gongjian.engines.reports.script import as_simplified
from samples.report_files import PARAGRAPHS, TRADITIONAL


def test_a_report_in_traditional_script_gives_the_same_draft():
    plain, traditional = "\n".join(PARAGRAPHS), "\n".join(TRADITIONAL)
    one, other = extract(plain), extract(traditional)
    assert [event.type.value for event in other.events] == [event.type.value for event in one.events] != []
    assert [person.name.value for person in other.people] == ["许怀远", "陶知行"]
    for person, written in zip(other.people, ("許懷遠", "陶知行"), strict=True):
        assert traditional[person.name.start : person.name.end] == person.name.text == written


@pytest.mark.parametrize(
    ("written", "simple"),
    [
        ("雲台縣委書記許懷遠到海拓機械有限公司走訪調研。", "云台县委书记许怀远到海拓机械有限公司走访调研。"),
        ("會議強調，要瞭解企業乾坤、製造業發展。", "会议强调，要了解企业乾坤、制造业发展。"),
        ("縣長表示\n\n  後續將加強協調「一企一策」。", "县长表示\n\n  后续将加强协调「一企一策」。"),
        ("张乾、李於、王喆堃出席会议，共商发展大计，要求各单位抓好落实，确保全年目标任务完成。",) * 2,
        ("plain English, 123", "plain English, 123"),
        ("", ""),
    ],
)
def test_only_traditional_script_is_changed_and_no_place_moves(written, simple):
    assert as_simplified(written) == simple
    assert len(as_simplified(written)) == len(written)
