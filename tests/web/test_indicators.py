"""Figures on the page: the matrix, the grid, a pasted table, a file, questions and corrections."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongjian.audit.models import Event
from gongjian.indicators.models import Figure, FigureBatch, FigureQuestion, MonthlyReturn
from gongjian.indicators.states import BatchState
from gongjian.web.indicators import background
from gongjian.web.templatetags.figures import figure, line_points
from tests import scenes
from tests.books import book
from tests.factories import FigureFactory, IndicatorFactory
from tests.web.test_pages import signed_in

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def desk(c):
    return signed_in(c.clerk)


@pytest.fixture
def retail(c):
    one = IndicatorFactory(key="retail", name="社会消费品零售总额", english="Retail sales")
    for month, value in ((date(2025, 10, 1), 10), (date(2026, 9, 1), 12)):
        FigureFactory(indicator=one, area=c.county, month=month, value=value, batch__recorded_by=c.clerk)
    return one


def values(month=OCTOBER):
    rows = Figure.objects.filter(month=month, superseded_at=None).order_by("area", "column")
    return [(row.area.name, row.column, f"{row.value.normalize():f}") for row in rows]


def test_the_grid_takes_what_is_filled_in_and_shows_it_in_the_matrix(
    c, desk, retail, django_assert_max_num_queries
):
    grid = f"{reverse('figure-entry')}?indicator={retail.pk}&month=2026-10&column=REPORTED"
    assert "临河区" in desk.get(grid).content.decode()
    wrong = desk.post(grid, {f"value_{c.county.pk}": "约五", f"value_{c.other_county.pk}": "9"})
    assert wrong.status_code == 422
    assert "不是数字" in wrong.content.decode()
    assert values() == []
    answer = desk.post(grid, {f"value_{c.county.pk}": "11.5", f"value_{c.other_county.pk}": ""})
    assert "没有读不懂的单元格" in desk.get(answer["Location"]).content.decode()
    assert values() == [("临河区", "REPORTED", "11.5")]
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("indicators")).content.decode()
    assert "11.5" in page
    assert "+15.0%" in page
    assert '<svg class="small-line"' in page
    assert "未报" in page  # the other county, after the day it was due
    by_area = f"{reverse('figure-entry')}?area={c.county.pk}&month=2026-10&column=REPORTED"
    assert "社会消费品零售总额（亿元）" in desk.get(by_area).content.decode()


def test_a_pasted_table_tells_each_cell_it_did_not_take(c, desk, retail):
    text = "地区\t社会消费品零售总额\n临河区\t11\n北岭区\tabc\n无名县\t5"
    facts = {"text": text, "month": "2026-10", "column": "OFFICIAL"}
    page = desk.get(desk.post(reverse("figure-table"), facts)["Location"]).content.decode()
    assert values() == [("临河区", "OFFICIAL", "11")]
    for told in ("第3行第2列", "“abc”不是数字", "第4行第2列", "不认得“无名县”"):
        assert told in page
    desk.post(reverse("figure-table"), facts)
    assert list(FigureBatch.objects.order_by("pk").values_list("written", "unchanged"))[-2:] == [
        (1, 0),
        (0, 1),
    ]
    assert desk.post(reverse("figure-table"), {"text": ""}).status_code == 422


def test_a_file_is_read_and_one_that_is_none_is_refused(c, desk, retail):
    file = book(
        ["指标", "地区", "月份", "调度数", "统计数"], ["社会消费品零售总额", "临河区", "2026-10", 11, "8吨"]
    )
    upload = SimpleUploadedFile("十月.xlsx", file)
    page = desk.get(desk.post(reverse("figure-table"), {"file": upload})["Location"]).content.decode()
    assert values() == [("临河区", "REPORTED", "11")]
    assert "第2行第5列" in page
    assert Figure.objects.get(month=OCTOBER).place.endswith("!R2C4")
    broken = desk.post(reverse("figure-table"), {"file": SimpleUploadedFile("a.xlsx", b"PK no book")})
    assert "不完整" in broken.content.decode()


@pytest.fixture
def waiting(monkeypatch):
    """Sheets of any size are large; what is done beside the requests waits until it is called."""
    calls: list[Callable[[], None]] = []
    monkeypatch.setattr(background, "AT_ONCE", 0)
    monkeypatch.setattr(background, "start", calls.append)
    monkeypatch.setattr("gongjian.web.indicators.background.connection.close", lambda: None)
    background._working.clear()
    yield calls
    background._working.clear()


TABLE = "地区\t社会消费品零售总额\n临河区\t11\n北岭区\tabc\n无名县\t5"


def test_a_large_sheet_shows_how_far_it_is_and_then_each_cell_it_did_not_take(c, desk, retail, waiting):
    file = SimpleUploadedFile("十月.xlsx", book(*(line.split("\t") for line in TABLE.split("\n"))))
    address = desk.post(reverse("figure-table"), {"file": file, "month": "2026-10", "column": "OFFICIAL"})[
        "Location"
    ]
    shown = desk.get(address)
    assert shown["Refresh"] == "2"
    assert "正在读表" in shown.content.decode()
    assert values() == []
    assert address in desk.get(reverse("figure-table")).content.decode()  # found again after it was closed
    waiting.pop()()
    answer = desk.get(address)
    assert "Refresh" not in answer
    for told in ("第3行第2列", "“abc”不是数字", "第4行第2列", "不认得“无名县”"):
        assert told in answer.content.decode()
    assert values() == [("临河区", "OFFICIAL", "11")]
    assert list(FigureBatch.objects.values_list("written", "state"))[:1] == [(1, "DONE")]
    names = Event.objects.filter(name__startswith="figures.").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["figures.sheet_received", "figures.entered"]


@pytest.mark.usefixtures("retail")
def test_a_large_sheet_tells_its_stages(desk, waiting, monkeypatch):
    told = []
    monkeypatch.setattr(background, "EVERY", -1.0)
    monkeypatch.setattr(background.Work, "_keep", lambda work: told.append((str(work.state), work.percent)))
    rows = [f"临河区\t{year}-{month:02}\t10" for year in range(2010, 2026) for month in range(1, 13)]
    text = "\n".join(["地区\t月份\t社会消费品零售总额", *rows])
    address = desk.post(reverse("figure-table"), {"text": text, "column": "OFFICIAL"})["Location"]
    work = background._working[int(address.rstrip("/").split("/")[-1])]
    waiting.pop()()
    assert told == [("READING", 51), ("WRITING", 0)]
    assert (work.state, work.percent) == (BatchState.WRITING, 50)
    assert FigureBatch.objects.first().written == len(rows)


def test_a_large_sheet_that_is_none_says_why_and_one_that_stopped_asks_to_be_sent_again(desk, waiting):
    sent = {"file": SimpleUploadedFile("a.xlsx", b"PK no book")}
    address = desk.post(reverse("figure-table"), sent)["Location"]
    background._working.clear()  # the server was switched off
    FigureBatch.objects.update(told_at="2026-10-01T00:00:00+08:00")
    page = desk.get(address)
    assert "读到一半停下了" in page.content.decode()
    assert "Refresh" not in page
    waiting.pop()()
    page = desk.get(address)
    assert "不完整" in page.content.decode()
    assert "一个也没有写入" in page.content.decode()
    assert "Refresh" not in page
    address = desk.post(reverse("figure-table"), {"text": "只有一句话"})["Location"]
    waiting.pop()()
    assert "没有找到表头" in desk.get(address).content.decode()


def test_a_fault_inside_is_told_as_such(desk, waiting, monkeypatch, caplog):
    monkeypatch.setattr("gongjian.web.indicators.entry.read_pasted", lambda *_a, **_k: 1 / 0)
    address = desk.post(reverse("figure-table"), {"text": TABLE})["Location"]
    waiting.pop()()
    assert "请联系系统管理员" in desk.get(address).content.decode()
    assert caplog.records


def test_an_odd_figure_is_answered_and_a_figure_corrected(c, desk, retail):
    facts = {"text": "地区\t社会消费品零售总额\n临河区\t110000", "month": "2026-10", "column": "REPORTED"}
    page = desk.get(desk.post(reverse("figure-table"), facts)["Location"]).content.decode()
    assert "单位填错" in page
    question = FigureQuestion.objects.get()
    asked = reverse("figure-questions")
    assert "单位填错" in desk.get(asked).content.decode()
    refused = desk.post(reverse("figure-answer", args=[question.pk]), {"answer": "KEPT"}, follow=True)
    assert "为什么属实" in refused.content.decode()
    desk.post(reverse("figure-answer", args=[question.pk]), {"answer": "DROPPED", "note": "单位"})
    assert values() == []
    assert "没有待答复" in desk.get(asked).content.decode()
    row = Figure.objects.get(month=date(2026, 9, 1))
    fix = reverse("figure-restate", args=[row.pk])
    assert desk.post(fix, {"value": "十", "reason": "核减"}).status_code == 422
    answer = desk.post(fix, {"value": "12.5", "reason": "统计部门核减"})
    page = desk.get(answer["Location"]).content.decode()
    assert "统计部门核减" in page
    assert '<s class="figure-old">12</s>' in page
    assert values(date(2026, 9, 1)) == [("临河区", "REPORTED", "12.5")]


def test_a_county_sees_and_writes_its_own(c, desk, retail):
    FigureFactory(indicator=retail, area=c.other_county, value=Decimal("8765.5"))
    county = signed_in(c.county_clerk)
    assert "8,765.5" not in county.get(reverse("indicators")).content.decode()
    other = reverse("figure-history", args=[retail.pk, c.other_county.pk, 2026, 10])
    assert county.get(other).status_code == 404
    assert desk.get(other).status_code == 200
    assert desk.get(other.replace("2026-10", "2026-13")).status_code == 404
    lines = desk.get(reverse("indicator", args=[retail.pk]) + f"?area={c.other_county.pk}").content.decode()
    assert "8,765.5" in lines
    for name, args in (("figures-export", []), ("indicator-export", [retail.pk])):
        assert desk.get(reverse(name, args=args)).content.startswith(b"PK")


def test_a_return_is_handed_up_sent_back_and_approved(c, desk, retail, django_assert_max_num_queries):
    FigureFactory(indicator=retail, area=c.county, month=OCTOBER, value=11)
    county, page = signed_in(c.county_clerk), reverse("figure-returns") + "?month=2026-10&column=REPORTED"
    facts = {"area": c.county.pk, "month": "2026-10-01", "column": "REPORTED"}
    assert reverse("return-hand-up") in county.get(page).content.decode()
    assert county.post(reverse("return-hand-up"), facts | {"area": c.other_county.pk}).status_code == 404
    assert county.post(reverse("return-hand-up"), facts)["Location"] == page
    row = MonthlyReturn.objects.get()
    approve, back = (reverse("return-move", args=[row.pk, verb]) for verb in ("approve", "send-back"))
    assert approve not in county.get(page).content.decode()
    with django_assert_max_num_queries(12):
        shown = desk.get(page).content.decode()
    assert approve in shown
    assert "北岭区" in shown
    assert desk.post(reverse("return-move", args=[row.pk, "burn"])).status_code == 404
    desk.post(back, {"reason": "少一户"})
    assert "少一户" in county.get(page).content.decode()
    county.post(reverse("return-hand-up"), facts)
    desk.post(approve)
    assert "已审核，锁定" in county.get(page).content.decode()


def test_the_catalogue_is_edited_on_its_page(c, desk, retail):
    listed = reverse("indicator-catalogue")
    facts = {"key": "growth", "name": "零售增速", "unit": "%", "nature": "RATE", "direction": "MORE"}
    facts |= {"due_day": "18", "source": "统计部门", "formula": "growth(nothing)", "order": "2"}
    refused = desk.post(reverse("indicator-new"), facts)
    assert "没有代码" in refused.content.decode()
    assert desk.post(reverse("indicator-new"), facts | {"formula": "growth(retail)"})["Location"] == listed
    assert "growth(retail)" in desk.get(listed).content.decode()
    change = reverse("indicator-edit", args=[retail.pk])
    page = desk.get(change).content.decode()
    assert "社会消费品零售总额" in page
    county = signed_in(c.county_clerk)
    assert reverse("indicator-new") not in county.get(listed).content.decode()
    assert "市攻坚办" in county.get(change).content.decode()
    opened = re.search(r'name="opened" value="([^"]*)"', page)
    changed = {"name": "社零总额", "unit": "亿元", "nature": "FLOW", "direction": "MORE", "due_day": "19"}
    changed |= {"source": "统计部门", "order": "1", "opened": opened.group(1)}
    assert desk.post(change, changed)["Location"] == listed
    retail.refresh_from_db()
    assert (retail.name, retail.due_day) == ("社零总额", 19)


def test_a_number_and_a_small_line():
    assert [figure(value) for value in (None, Decimal("1234.5000"), Decimal(0), Decimal("1E+3"))] == [
        "—",
        "1,234.5",
        "0",
        "1,000",
    ]
    assert line_points([None, None]) == []
    assert [len(piece) for piece in line_points([Decimal(1), None, Decimal(2), Decimal(3)])] == [1, 2]
    assert line_points([Decimal(5)]) == [[(2.0, 11.0)]]
