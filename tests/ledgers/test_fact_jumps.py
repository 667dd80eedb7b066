"""A row whose figure jumps is asked about: written when ticked, else left out and listed, while the rest goes in."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from gongjian.audit import Refused
from gongjian.enterprises.models import Fact
from gongjian.ledgers.fact_import import services as fact_import
from gongjian.ledgers.fact_import.checks import CellOutcome
from tests.books import book
from tests.factories import EnterpriseFactory, FactFactory
from tests.scenes import city as make_city

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
HEAD = ["企业名称", "营业收入2026年10月", "用电量2026年10月"]


@pytest.fixture
def city():
    made = make_city()
    FactFactory(enterprise=made.firm, key="营业收入", period=SEPTEMBER, value="549", source="企业月报")
    return made


@pytest.fixture
def take(city, at):
    def taken(*rows, source="企业月报"):
        return fact_import.add_workbook(
            file_name="月报.xlsx", file=book(*rows), source=source, default=None, by=city.clerk, at=at
        )

    return taken


def asked(batch, city, at):
    checked = fact_import.preview_workbook(batch, by=city.clerk, today=at.date())
    return checked.cells_with(CellOutcome.ASKS)


def listed(batch, city, at):
    file = fact_import.error_workbook_of(batch, by=city.clerk, today=at.date())
    page = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
    return [str(row[-1].value or "") for row in page.iter_rows(min_row=2)]


def test_a_jump_is_left_out_and_listed_and_the_rest_goes_in(city, take, at):
    other = EnterpriseFactory(area=city.county)
    batch = take(HEAD, [city.firm.name, 9999999, 12], [other.name, 700, None])
    [line] = asked(batch, city, at)
    assert "2026年9月是 549万元，2026年10月写的是 9999999万元" in line.sentence
    done = fact_import.write_workbook(batch, by=city.clerk, at=at)
    assert done.new_count == 2
    assert not Fact.objects.filter(value=9999999).exists()
    first, second = listed(batch, city, at)
    assert "549万元" in first
    assert second == ""


def test_a_ticked_jump_is_written_and_no_longer_listed(city, take, at):
    batch = take(HEAD, [city.firm.name, 9999999, 12])
    places = [line.place for line in asked(batch, city, at)]
    fact_import.write_workbook(batch, as_they_are=places, by=city.clerk, at=at)
    assert Fact.objects.filter(value=9999999).exists()
    assert listed(batch, city, at) == [""]


def test_all_as_they_are(city, take, at):
    FactFactory(enterprise=city.firm, key="用电量", period=SEPTEMBER, value="900", unit="万千瓦时")
    batch = take(HEAD, [city.firm.name, 0, 8900000])
    assert len(asked(batch, city, at)) == 2
    assert fact_import.write_all_as_they_are(batch, by=city.clerk, at=at).new_count == 2


@pytest.mark.parametrize(
    "case",
    [
        ("营业收入", "549", "5490000", 1),
        ("营业收入", "549", "0.05亿元", 0),
        ("营业收入", "549", "30", 1),
        ("营业收入", "549", "549", 0),
        ("利润总额", "120", "-90", 1),
        ("利润总额", "-90", "-140", 0),
        ("利润总额", None, "-140", 0),
        ("期末从业人员", "85", "850000", 1),
        ("营业收入", "0", "8800000", 1),
        ("税收", "0", "90", 0),
    ],
)
def test_each_kind_in_a_workbook(city, take, at, case):
    key, before, value, count = case
    Fact.objects.all().delete()
    if before is not None:
        FactFactory(enterprise=city.firm, key=key, period=SEPTEMBER, value=before, source="企业月报")
    batch = take(["企业名称", f"{key}2026年10月"], [city.firm.name, value])
    assert len(asked(batch, city, at)) == count


def test_a_correction_that_jumps_is_asked_about(city, take, at):
    batch = take(["企业名称", "营业收入2026年9月"], [city.firm.name, 9999999])
    assert len(asked(batch, city, at)) == 1
    places = [line.place for line in asked(batch, city, at)]
    done = fact_import.write_workbook(batch, as_they_are=places, by=city.clerk, at=at)
    assert (done.corrected_count, Fact.objects.get().value) == (1, Decimal(9999999))


def test_months_of_one_workbook_are_compared_with_each_other(city, take, at):
    Fact.objects.all().delete()
    head = ["企业名称", "营业收入2026年8月", "营业收入2026年9月", "营业收入2026年10月"]
    batch = take(head, [city.firm.name, 549, 9999999, 560])
    assert [line.what for line in asked(batch, city, at)] == ["营业收入 2026年9月"]
    fact_import.write_workbook(batch, by=city.clerk, at=at)
    assert set(Fact.objects.values_list("value", flat=True)) == {549, 560}


def test_what_was_left_out_stays_listed_beside_what_was_ticked(city, take, at):
    head = ["企业名称", "营业收入2026年10月", "营业收入2026年11月"]
    batch = take(head, [city.firm.name, 9999999, 9999998])
    october, _november = asked(batch, city, at)
    fact_import.write_workbook(batch, as_they_are=[october.place], by=city.clerk, at=at)
    [row] = listed(batch, city, at)
    assert "2026年11月" in row
    assert "2026年10月写的" not in row


def test_a_file_of_nothing_but_questions_needs_a_tick(city, take, at):
    batch = take(HEAD, [city.firm.name, 9999999, None])
    with pytest.raises(Refused, match="没有可以写入"):
        fact_import.write_workbook(batch, by=city.clerk, at=at)


def test_the_preview_asks_the_database_as_often_for_many_rows(city, take, at, django_assert_max_num_queries):
    firms = [EnterpriseFactory(area=city.county) for _ in range(30)]
    batch = take(HEAD, *[[firm.name, 700, 3] for firm in firms])
    with django_assert_max_num_queries(8):
        fact_import.preview_workbook(batch, by=city.clerk, today=at.date())
