"""The hand-over slip as a Word file."""

import re

import pytest
from django.urls import reverse

from gongjian.audit import Refused
from gongjian.bulletins.hand_over_slip.paper import form_of, slip_paper, slips_paper
from gongjian.ledgers.problems.workbook import columns
from gongjian.problems import services as problems
from gongjian.problems.hand_over_slip import slip_of
from gongjian.visits import services as visits
from tests import scenes
from tests.factories import AT, TODAY
from tests.papers.reading import needs_office, opened, pages, plain
from tests.problems.doing import hand_over


@pytest.fixture
def problem(db):
    c = scenes.city()
    facts = {"starts_on": TODAY, "ends_on": TODAY, "enterprises": [c.firm], "by": c.clerk, "at": AT}
    visit = visits.plan(kind="VISIT", title="走访恒岳机械", area=c.county, **facts)
    made = problems.record(enterprise=c.firm, text="续贷缺手续", visit=visit, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="还没有交办"):
        slip_of(made, today=TODAY)
    hand_over(c, made, supporting_units=[c.other_bureau])
    made.refresh_from_db()
    return made


def test_holds_the_four_fields_and_boxes_to_sign(problem):
    told = plain(slip_paper(slip_of(problem, today=TODAY)))
    for part in (
        problem.number,
        problem.assignment.number,
        "恒岳机械",
        "续贷缺手续",
        "安川市金融工作局",
        "安川市人力资源局",
        "陆川平",
        "协调续贷",
        "2026-12-04",
        "2026-11-24 走访恒岳机械",
        "□满意",
        "签字",
        "销号审批",
        "问题是否解决□是□否",
        "异议",
        "□不予批准",
        "协办意见",
        "（11-27前答复）",
    ):
        assert part in told, part


@needs_office
def test_fits_on_one_page(problem, tmp_path):
    assert len(pages(slip_paper(slip_of(problem, today=TODAY)), tmp_path)) == 1


def test_the_slips_of_a_visit_stand_in_one_file_each_on_its_page(problem):
    again = slip_of(problem, today=TODAY)
    content = slips_paper([again, again, again], title="走访恒岳机械")
    document = opened(content)
    titles = [line for line in document.paragraphs if line.text == "企业问题交办单"]
    assert [bool(line.paragraph_format.page_break_before) for line in titles] == [False, True, True]
    assert plain(content).count(problem.number) == 3


def test_the_page_the_file_and_the_ledger_use_the_same_words(problem, client):
    client.force_login(problem.recorded_by)
    page = client.get(reverse("slip", args=[problem.pk])).content.decode()
    shown = re.findall(r'<th scope="row">([^<]+)</th>', page)
    form = form_of(slip_of(problem, today=TODAY))
    printed = [cell.text for row in form.rows for cell in row.cells if cell.label]
    assert shown == printed
    heads = {column.head for column in columns()}
    assert {
        "问题类别",
        "问题描述",
        "牵头单位",
        "协办单位",
        "责任人",
        "交办时间",
        "任务",
        "办理时限",
        "办理结果",
    } <= heads & set(printed)
