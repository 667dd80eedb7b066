"""Names in messy ledgers: units with their part or a person beside them, the county on the sheet or in the title."""

import io
from datetime import date

import pytest
import xlsxwriter

from gongjian.audit import Refused
from gongjian.enterprises.models import Contact, Enterprise
from gongjian.imports.kinds.problems import ProblemRows
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.registers import NamedPerson, Registers, persons_in
from gongjian.imports.names.unknown_names import UnknownNames
from gongjian.imports.plans import Context
from tests import scenes
from tests.factories import AT
from tests.imports.steps import written


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("市金融局牵头，市人社局配合", ["市金融局", "市人社局"]),
        ("市金融局 市人社局", ["市金融局", "市人社局"]),
        ("市金融局（主办）、市人社局(协办)", ["市金融局", "市人社局"]),
        ("市 没有 的局", ["市 没有 的局"]),
    ],
)
def test_units_with_their_part_in_one_cell(cell, named):
    city = scenes.city()
    context = Context(city.clerk, city.city, date(2025, 12, 2))
    rows = ProblemRows(Finder(Registers(), UnknownNames({}), context), context)
    assert rows._named_units(cell) == named


@pytest.mark.django_db
def test_a_person_in_brackets_behind_a_unit():
    city = scenes.city()
    who = city.director
    (found,) = Registers().units_called(f"{city.bureau.name}（{who.name}）")
    assert found.pk == city.bureau.pk


def by_sheet(*names_of_sheets, title=""):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for n, name in enumerate(names_of_sheets):
        page = made.add_worksheet(name)
        page.write(0, 0, title)
        page.write_row(1, 0, ["企业名称", "联系人"])
        page.write_row(2, 0, [f"安川第{n}有限公司", "某甲\n13900000001"])
    made.close()
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "counties"),
    [
        (by_sheet("临河区", "北岭区"), ["临河区", "北岭区"]),
        (by_sheet("一、临河区"), ["临河区"]),
        (by_sheet("Sheet1", title="临河区重点企业名录"), ["临河区"]),
        (by_sheet("Sheet1", title="安川市北岭区2025年企业名录"), ["北岭区"]),
    ],
)
def test_the_county_stands_on_the_sheet_or_in_the_title(file, counties):
    city = scenes.city()
    batch = written("FIRMS", file, by=city.clerk, at=AT)
    assert not batch.refusals
    made = Enterprise.objects.filter(name__startswith="安川第").order_by("name")
    assert [firm.area.name for firm in made] == counties
    assert set(Contact.objects.filter(enterprise__in=made).values_list("name", "phone")) == {
        ("某甲", "13900000001")
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title", ["临河区等九个县区企业名录", "临河区、北岭区企业名录", "全市企业名录（含临河区）"]
)
def test_a_title_of_several_counties_names_none(title):
    city = scenes.city()
    with pytest.raises(Refused, match="没有可以写入的行"):
        written("FIRMS", by_sheet("Sheet1", title=title), by=city.clerk, at=AT)
    assert not Enterprise.objects.filter(name__startswith="安川第").exists()


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("某甲\n13900000001", [NamedPerson("某甲", "", "13900000001")]),
        (
            "某甲、13900000001；某乙，0391-6612345转801",
            [NamedPerson("某甲", "", "13900000001"), NamedPerson("某乙", "", "0391-6612345转801")],
        ),
        ("某甲/某乙", [NamedPerson("某甲"), NamedPerson("某乙")]),
    ],
)
def test_a_number_below_a_name_is_the_persons(cell, found):
    assert persons_in(cell) == found
