"""照上级的表出: a superior's form filled twice, the second time without a question."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongjian.assignments import services as assignments
from gongjian.audit.models import Event
from gongjian.imports.models import LearntHeading
from gongjian.superior_templates import queries, services
from gongjian.superior_templates.models import SuperiorTemplate
from tests import scenes
from tests.factories import PayoutFactory, SuperiorTemplateFactory
from tests.superior_templates import blank_books
from tests.superior_templates.blank_books import made

pytestmark = pytest.mark.django_db


def monthly(month):
    def make(book):
        blank_books.noted_and_signed(book)
        page = book.active
        page.title = f"{month}月"
        page["G4"] = f"{month}月底前能否办结"
        page["H4"] = "备注"
        blank_books.framed(page, 4, 7, 8)

    return made(make)


def drop(client, file, ledger="problems", query=""):
    upload = SimpleUploadedFile("全省问题清单.xlsx", file)
    return client.post(reverse("superior-keep", args=[ledger]) + query, {"file": upload})


def opened(response):
    assert response.status_code == 200, response.content[:300]
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


@pytest.fixture
def world():
    return scenes.ledger(timezone.now())


def test_a_form_is_filled_twice_and_asked_about_once(client, world):
    client.force_login(world.city.clerk)
    answer = drop(client, monthly(11))
    kept = SuperiorTemplate.objects.get()
    assert answer.url == reverse("superior-headings", args=[kept.pk])
    page = client.get(answer.url).content.decode()
    assert "11月底前能否办结" in page.split("对上的表头")[0]
    assert "备注" not in page.split("对上的表头")[0].split("认不得的表头")[1]
    names = {f"heading{n}": "" for n in range(8)}
    fields = ["serial", "county", "firm", "text", "lead_unit", "task", "due", ""]
    answer = client.post(answer.url, dict(zip(names, fields, strict=True)))
    assert answer.status_code == 302
    first = opened(client.get(reverse("superior-filled", args=[kept.pk])))
    rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=5, max_col=8)]
    held = [row for row in rows if row[2]]
    export = openpyxl.load_workbook(io.BytesIO(client.get(reverse("problem-export")).content)).active
    own = [[cell.value for cell in row] for row in export.iter_rows(min_row=4) if row[4].value]
    assert [row[2] for row in held] == [row[4] for row in own]
    assert [row[3] for row in held] == [row[11] for row in own]
    assert len(held) > 3
    assert any(str(row[0] or "").startswith("填表人") for row in rows)

    answer = drop(client, monthly(12))
    assert answer.url == reverse("superior-filled", args=[kept.pk])
    second = opened(client.get(answer.url))
    assert second.title == "12月"
    assert second["G4"].value == "12月底前能否办结"
    assert [c.value for c in second["C"][4:]] == [c.value for c in first["C"][4:]]
    assert [c.value for c in second["G"][4:]] == [c.value for c in first["G"][4:]]
    assert SuperiorTemplate.objects.count() == 1
    assert Event.objects.filter(name="template.changed").count() == 2


@pytest.mark.parametrize(
    ("heading", "field", "learnt"),
    [
        ("企业反映的具体事项", "text", True),
        ("谁来牵头", "lead_unit", True),
        ("何时办结", "resolved_on", True),
        ("与我无关", "", False),
        ("包联的领导", "leader", False),
        ("3月底前能否办结", "outcome", False),
        ("责任单位", "lead_unit", False),
    ],
)
def test_what_a_form_has_taught_is_known_to_the_import(world, heading, field, learnt):
    template = SuperiorTemplateFactory(area=world.city.city, ledger="PROBLEMS")
    services.decide(template, {heading: field}, by=world.city.clerk, at=timezone.now())
    known = LearntHeading.objects.filter(kind="PROBLEMS").values_list("heading", "field")
    assert list(known) == ([(heading, field)] if learnt else [])


@pytest.mark.parametrize(
    ("ledger", "heading", "fields"),
    [
        ("VISITS", "哪天去的", ("day", "starts_on")),
        ("VISITS", "谁带的队", ("lead", "lead")),
        ("VISITS", "厂里生产咋样", ("PRODUCTION", "production")),
        ("VISITS", "进行到哪", ("status", "state")),
        ("VISITS", "一共几件事", ("problems", None)),
        ("FIRMS", "老板贵姓", ("contact", "contact")),
        ("PAYOUTS", "钱到了没", ("status", "state")),
        ("PAYOUTS", "给了多少", ("approved_amount", "approved_amount")),
        ("PAYOUTS", "说明", ("note", None)),  # known to the import without being told
    ],
)
def test_every_ledger_that_is_read_learns_from_forms(world, ledger, heading, fields):
    said, read_as = fields
    template = SuperiorTemplateFactory(area=world.city.city, ledger=ledger)
    services.decide(template, {heading: said}, by=world.city.clerk, at=timezone.now())
    known = LearntHeading.objects.filter(kind=ledger).values_list("heading", "field")
    assert list(known) == ([(heading, read_as)] if read_as else [])


@pytest.mark.parametrize(
    ("ledger", "field", "others"),
    [
        ("VISITS", "starts_on", ["企业名称", "带队领导"]),
        ("PAYOUTS", "approved_amount", ["企业名称", "政策名称"]),
    ],
)
def test_what_imports_have_taught_is_known_to_forms_of_every_ledger(world, ledger, field, others):
    LearntHeading.objects.create(
        area=world.city.city, kind=ledger, heading="我们的叫法", field=field, learnt_at=timezone.now()
    )
    file = made(lambda book: book.active.append([*others, "我们的叫法", "备注"]))
    template = queries.read(file, ledger, area=world.city.city)
    (sheet,) = template.sheets
    assert [column.field for column in sheet.head.columns][2:] == [
        {"starts_on": "day"}.get(field, field),
        "",
    ]


def test_a_form_whose_headings_are_all_known_is_filled_at_once(client, world):
    client.force_login(world.city.clerk)
    answer = drop(client, made(blank_books.plain))
    assert "filled.xlsx" in answer.url
    assert opened(client.get(answer.url))["B2"].value


def test_progress_is_what_the_unit_wrote_last(client, world):
    assignments.accept(world.owed.assignment, by=world.city.handler, at=timezone.now())
    assignments.report(
        world.owed.assignment, text="已约银行下周上门", by=world.city.handler, at=timezone.now()
    )
    client.force_login(world.city.clerk)
    answer = drop(client, made(lambda book: book.active.append(["企业名称", "问题描述", "办理进展"])))
    assert "filled.xlsx" in answer.url
    assert "已约银行下周上门" in {cell.value for cell in opened(client.get(answer.url))["C"]}


def test_the_filter_of_the_ledger_is_that_of_the_form(client, world):
    client.force_login(world.city.clerk)
    query = f"?area={world.city.other_county.pk}"
    answer = drop(client, made(blank_books.plain), query=query)
    assert answer.url.endswith(query)
    of_area = opened(client.get(answer.url)).max_row
    whole = opened(client.get(answer.url.partition("?")[0])).max_row
    assert of_area < whole


def test_what_imports_have_taught_the_office_is_known_here(client, world):
    LearntHeading.objects.create(
        area=world.city.city, kind="PROBLEMS", heading="老板怎么说", field="text", learnt_at=timezone.now()
    )
    client.force_login(world.city.clerk)
    answer = drop(client, made(lambda book: book.active.append(["企业名称", "老板怎么说"])))
    assert "filled.xlsx" in answer.url


@pytest.mark.parametrize(
    ("ledger", "make"),
    [
        ("visits", blank_books.visit_log),
        ("firms", blank_books.firm_summary),
        ("payouts", blank_books.payout_list),
    ],
)
def test_each_ledger_fills_forms(client, world, ledger, make):
    PayoutFactory(enterprise=world.city.firm)
    client.force_login(world.city.clerk)
    answer = drop(client, made(make), ledger=ledger)
    kept = SuperiorTemplate.objects.get()
    assert answer.url == reverse(
        "superior-headings", args=[kept.pk]
    )  # 企业获得感, 盖章名称, 开户行: nobody knows
    book = opened(client.get(reverse("superior-filled", args=[kept.pk])))
    assert world.city.firm.name in {cell.value for row in book.iter_rows() for cell in row}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "文件"),
        (b"no workbook", "读不出表格"),
        (b"PK\x03\x04 cut", "不完整"),
        (made(lambda book: book.active.append(["姓名", "年龄"])), "没有认出表头"),
    ],
)
def test_what_cannot_be_filled_is_said(client, world, file, said):
    client.force_login(world.city.clerk)
    answer = drop(client, file)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SuperiorTemplate.objects.exists()


def test_readers_fill_what_the_office_keeps_and_change_nothing(client, world):
    kept = SuperiorTemplateFactory(area=world.city.city, file=made(blank_books.plain))
    client.force_login(world.city.auditor)
    page = client.get(reverse("superior-templates", args=["problems"])).content.decode()
    assert kept.file_name in page
    assert "交一份空表" not in page
    assert opened(client.get(reverse("superior-filled", args=[kept.pk])))["B2"].value
    assert client.post(reverse("superior-forget", args=[kept.pk])).status_code == 403


def test_a_county_neither_sees_nor_drops_the_form_of_another(client, world):
    kept = SuperiorTemplateFactory(area=world.city.other_county, file=made(blank_books.plain))
    of_city = SuperiorTemplateFactory(area=world.city.city, file=made(blank_books.plain))
    client.force_login(world.city.county_clerk)
    assert client.get(reverse("superior-filled", args=[kept.pk])).status_code == 404
    assert client.get(reverse("superior-filled", args=[of_city.pk])).status_code == 200
    client.post(reverse("superior-forget", args=[of_city.pk]))
    assert SuperiorTemplate.objects.filter(pk=of_city.pk).exists()


def test_the_register_of_firms_is_a_workbook(client, world):
    client.force_login(world.city.clerk)
    page = opened(client.get(reverse("enterprise-export")))
    assert world.city.firm.name in {cell.value for cell in page["B"]}
