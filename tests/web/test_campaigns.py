"""The pages of the campaign: the board, a target and its agreement, passing on, a table, tasks, coverage, the letter."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from gongjian.assignments.models import Assignment
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.models import Battle, Campaign, Target
from tests import scenes
from tests.factories import BattleFactory, FigureFactory, IndicatorFactory, VisitFactory
from tests.web.test_pages import signed_in


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def retail(c):
    one = IndicatorFactory(key="retail", name="社会消费品零售总额", english="Retail sales")
    for number, area in enumerate((c.city, c.county, c.other_county)):
        for month in range(1, 13):
            value = (30, 20, 10)[number]
            FigureFactory(
                indicator=one, area=area, month=date(2025, month, 1), value=value, batch__recorded_by=c.clerk
            )
    return one


@pytest.fixture
def whole(c, retail, at):
    battle = BattleFactory(campaign__area=c.city, name="消费提振攻坚战", lead_unit=c.bureau)
    battle.indicators.set([retail])
    facts = {"indicator": retail, "area": c.city, "year": 2026, "horizon": "FULL_YEAR"}
    return campaigns.add_target(battle, **facts, value=Decimal(380), by=c.clerk, at=at)


def text_of(answer):
    return answer.content.decode()


def test_the_board_comes_as_a_workbook(c, whole, django_assert_max_num_queries):
    desk, to = signed_in(c.clerk), reverse("targets-export")
    assert to in text_of(desk.get(reverse("campaigns")))
    with django_assert_max_num_queries(12):
        answer = desk.get(to)
    rows = list(
        load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=3, max_row=4, values_only=True)
    )
    told = dict(zip(*rows, strict=True))
    assert (told["攻坚战"], told["目标值"], told["牵头单位"]) == ("消费提振攻坚战", 380, str(c.bureau))
    assert told["灯"].endswith("灯")
    assert to not in text_of(signed_in(c.county_clerk).get(reverse("campaigns")))  # it holds no target yet


def test_a_target_is_passed_on_countered_and_signed(c, whole, django_assert_max_num_queries):
    desk, county = signed_in(c.clerk), signed_in(c.county_clerk)
    to = reverse("target-pass-on", args=[whole.pk])
    page = text_of(desk.get(to))
    assert "没有缺口" in page
    boxes = re.findall(r'name="(a\d+)" value="([\d.]+)"', page)
    assert [value for _name, value in boxes] == ["253.33", "126.67"]
    (first, _value), (second, _other) = boxes
    checked = desk.post(to, {first: "250", second: "120", "check": "yes"})
    assert "缺口 10，由市金融局承担" in text_of(checked)
    assert desk.post(to, {first: "约二百", second: "120"}).status_code == 422
    assert Target.objects.count() == 1
    desk.post(to, {first: "250", second: "120"})
    desk.get(reverse("campaigns"))  # shows what was just done
    with django_assert_max_num_queries(12):
        page = text_of(desk.get(reverse("target", args=[whole.pk])))
    assert "缺口 10，由市金融局承担" in page
    part = Target.objects.get(area=c.county)
    step = lambda who, verb, **data: who.post(reverse("target-step", args=[part.pk, verb]), data)  # noqa: E731  said three times
    assert step(county, "counter", **{"counter-value": "240", "counter-reason": ""}).status_code == 422
    step(county, "counter", **{"counter-value": "240", "counter-reason": "基数调整"})
    step(desk, "accept")
    step(desk, "sign")
    part.refresh_from_db()
    assert [part.state, part.value] == ["SIGNED", 240]
    assert "已签责任书" in text_of(county.get(reverse("target", args=[part.pk])))
    assert county.get(reverse("target", args=[whole.pk])).status_code == 404
    with django_assert_max_num_queries(12):
        assert "消费提振攻坚战" in text_of(county.get(reverse("campaigns")))


def test_targets_from_a_table_keep_what_can_be_read(c, whole, retail):
    desk = signed_in(c.clerk)
    text = "地区\t社会消费品零售总额\n临河区\t250\n北岭区\tabc\n无名县\t5"
    facts = {"text": text, "year": "2026", "horizon": "FULL_YEAR"}
    page = text_of(desk.post(reverse("target-table"), facts))
    for told in ("第3行第2列", "“abc”不是数字", "不认得“无名县”"):
        assert told in page
    assert Target.objects.get(area=c.county).value == 250
    again = facts | {"text": text.replace("250", "260").replace("abc", "1-2")}
    assert "请写调整理由" in text_of(desk.post(reverse("target-table"), again))
    desk.post(reverse("target-table"), again | {"reason": "协商"})
    assert Target.objects.get(area=c.county).value == 260
    assert desk.post(reverse("target-table"), {"year": "2026", "horizon": "Q1"}).status_code == 422


def test_who_has_not_passed_on_nor_met_and_the_letter(c, whole, at, django_assert_max_num_queries):
    desk = signed_in(c.clerk)
    VisitFactory(
        area=c.city, kind="RALLY", state="DONE", starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 1)
    )
    page = text_of(desk.get(reverse("target-coverage")))
    assert "社会消费品零售总额 全年" in page
    assert "figure-missing" not in page
    campaigns.pass_on(whole, {c.county: Decimal(250), c.other_county: Decimal(130)}, by=c.clerk, at=at)
    with django_assert_max_num_queries(12):
        assert "社会消费品零售总额 全年" not in text_of(desk.get(reverse("target-coverage")))
    file = desk.get(reverse("responsibility-letter", args=[c.county.pk])).content
    cells = [cell.text for row in Document(BytesIO(file)).tables[0].rows for cell in row.cells]
    assert "250*" in cells
    assert any("临河区" in cell for cell in cells)


def test_a_key_task_runs_as_an_assignment(c, whole):
    desk = signed_in(c.clerk)
    facts = {
        "task": "逐户走访限上商贸企业",
        "topic": "统",
        "lead_unit": c.bureau.pk,
        "responsible_person": c.director.pk,
        "due": "2026-12-20",
    }
    answer = desk.post(reverse("target-task", args=[whole.pk]), facts)
    assert answer.status_code == 302, text_of(answer)
    task = Assignment.objects.get(source="BATTLE")
    assert task.battle_task.topic == "统"
    page = text_of(desk.get(reverse("target", args=[whole.pk])))
    assert "逐户走访限上商贸企业" in page
    assert task.number in page


def test_an_office_begins_with_a_campaign_a_battle_and_a_target(c, retail):
    desk = signed_in(c.clerk)
    assert "还没有攻坚战" in text_of(desk.get(reverse("campaigns")))
    desk.post(
        reverse("campaign-new"), {"name": "全力拼经济", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    )
    assert Campaign.objects.get().area == c.city
    battle = {"name": "消费提振攻坚战", "lead_unit": c.bureau.pk, "indicators": [retail.pk], "order": 1}
    desk.post(reverse("battle-new"), battle)
    row = Battle.objects.get()
    assert list(row.indicators.all()) == [retail]
    target = {"battle": row.pk, "indicator": retail.pk, "area": c.city.pk, "year": 2026, "horizon": "Q1"}
    assert desk.post(reverse("target-new"), target | {"value": "约九十"}).status_code == 422
    desk.post(reverse("target-new"), target | {"value": "9.5亿元"})
    assert Target.objects.get().value == Decimal("9.5")
    page = text_of(desk.get(reverse("target", args=[Target.objects.get().pk])))
    assert "今年还没有数据" in page
    desk.post(
        reverse("battle-edit", args=[row.pk]), {"lead_unit": c.other_bureau.pk, "indicators": [retail.pk]}
    )
    row.refresh_from_db()
    assert row.lead_unit == c.other_bureau


def test_a_merger_is_shown_before_it_is_done_and_can_be_taken_back(c, at):
    at = timezone.now()
    battle = BattleFactory(campaign__area=c.city, lead_unit=c.bureau)
    one = IndicatorFactory()
    battle.indicators.set([one])
    facts = {"indicator": one, "year": at.year, "horizon": "FULL_YEAR"}
    whole = campaigns.add_target(battle, area=c.city, **facts, value=Decimal(380), by=c.clerk, at=at)
    campaigns.pass_on(whole, {c.county: Decimal(250), c.other_county: Decimal(130)}, by=c.clerk, at=at)
    page, address = signed_in(c.clerk), f"{reverse('boundaries-merge')}?area={c.county.pk}"
    said = {"others": [c.other_county.pk], "on": timezone.localdate().isoformat()}
    shown = page.post(address, said).content.decode()
    assert "会改什么" in shown
    assert whole.children.filter(withdrawn_at=None).count() == 2
    page.post(address, said | {"confirm": "yes"})
    assert whole.children.get(withdrawn_at=None).value == 380
    (change,) = c.county.boundary_changes.all()
    assert c.other_county.name in page.get(reverse("boundaries")).content.decode()
    back = reverse("boundaries-take-back", args=[change.pk])
    assert page.post(back, {f"c{change.pk}-reason": " "}).status_code == 422
    page.post(back, {f"c{change.pk}-reason": "批复未下"})
    assert whole.children.filter(withdrawn_at=None).count() == 2
    divide = f"{reverse('boundaries-divide')}?area={c.county.pk}"
    new = {"name": "临港区", "share": "30", "on": said["on"]}
    assert "临港区" in page.post(divide, new).content.decode()
    page.post(divide, new | {"confirm": "yes"})
    values = sorted(whole.children.filter(withdrawn_at=None).values_list("value", flat=True))
    assert values == [75, 130, 175]
