"""The model rule on one firm and on many: near by one unit, certain and undecided, kept verdicts equal to those worked out anew."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from gongjian.enterprises import services as enterprises
from gongjian.enterprises.fact_batches import services as fact_batches
from gongjian.enterprises.models import FactBatch
from gongjian.policies.queries import in_force
from gongjian.policies.rule_files.checks import check_text
from gongjian.policies.states import Grade
from gongjian.policies.verdicts import queries as verdicts
from gongjian.policies.verdicts import results_in_memory
from gongjian.policies.verdicts.answers import Comparison
from gongjian.policies.what_if import queries as what_if
from gongjian.policies.what_if.thresholds import with_thresholds
from tests import scenes
from tests.factories import EnterpriseFactory, PolicyFactory, PolicyVersionFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


@pytest.fixture
def city():
    made = scenes.city()
    for area, code in ((made.county, "990100000000"), (made.other_county, "990200000000")):
        area.stat_code = code
        area.save()
    return made


@pytest.fixture
def version():
    policy = PolicyFactory(code="AC-TEST-LOAD", name="满负荷生产奖励", area_code="99")
    return PolicyVersionFactory(policy=policy, text=scenes.RULE, valid_from=date(2026, 10, 1))


def used(city, at, *months, firm=None):
    """The electricity of last year (highest month 100) and of the quarter's three months."""
    values = {date(2025, month, 1): 100 if month == 12 else 60 for month in range(1, 13)}
    values |= {date(2026, month, 1): value for month, value in zip((7, 8, 9), months, strict=True)}
    for period, value in values.items():
        enterprises.record_fact(
            firm or city.firm,
            key="用电量",
            period_kind="MONTH",
            period=period,
            value=Decimal(value),
            source="电网台账",
            by=city.clerk,
            at=at,
        )


def earned(city, at, year, value):
    enterprises.record_fact(
        city.firm,
        key="营业收入",
        period_kind="QUARTER",
        period=date(year, 7, 1),
        value=Decimal(value),
        source="企业月报",
        by=city.clerk,
        at=at,
    )


def verdict_of(city):
    (verdict,) = verdicts.verdicts_of_firm(city.firm, on=ON)
    return verdict


def test_79_80_80_is_a_near_miss_by_one_unit(city, version, at):
    used(city, at, 79, 80, 80)
    verdict = verdict_of(city)
    assert (verdict.grade, verdict.certain) == (Grade.NEAR, Decimal("0.00"))
    assert "用电量少1万千瓦时" in verdict.near[0].sentence
    assert "10万元" in verdict.near[0].sentence
    assert verdict.as_json()["verdict"] == "FAILS"


def test_revenue_missing_ten_certain_twenty_undecided(city, version, at):
    used(city, at, 80, 80, 80)
    earned(city, at, 2025, 1000)
    verdict = verdict_of(city)
    assert (verdict.grade, verdict.certain, verdict.possible) == (
        Grade.MEETS,
        Decimal("100000.00"),
        Decimal("200000.00"),
    )
    assert verdict.missing == ("营业收入@2026Q3",)
    as_json = verdict.as_json()
    assert (as_json["certain"], as_json["possible"], as_json["missing"]) == (
        "100000.00",
        "200000.00",
        ["营业收入@2026Q3"],
    )


def test_growth_of_ten_per_cent_is_twenty_certain(city, version, at):
    used(city, at, 80, 80, 80)
    earned(city, at, 2025, 1000)
    earned(city, at, 2026, 1100)
    sheet = verdicts.firm_sheet(city.firm, on=ON)
    assert (sheet.certain, sheet.undecided) == (Decimal("200000.00"), Decimal("0.00"))


def test_what_is_not_confirmed_is_never_certain(city, version, at):
    version.confirmed = False
    version.save()
    used(city, at, 80, 80, 80)
    sheet = verdicts.firm_sheet(city.firm, on=ON)
    assert (sheet.certain, sheet.meets, len(sheet.unsure)) == (Decimal("0.00"), (), 1)


def test_a_changed_fact_changes_the_kept_board_as_if_built_anew(city, version, at):
    other = EnterpriseFactory(area=city.county)
    used(city, at, 79, 80, 80)
    used(city, at, 80, 80, 80, firm=other)
    results = results_in_memory.results_on(ON)
    assert verdicts.policy_totals(results, "AC-TEST-LOAD", None).near == 1
    enterprises.record_fact(
        city.firm,
        key="用电量",
        period_kind="MONTH",
        period=date(2026, 9, 1),
        value=Decimal(81),
        source="电网台账",
        by=city.clerk,
        at=at,
    )
    later_results = results_in_memory.results_on(ON)
    assert later_results is results
    fresh = results_in_memory.recompute(
        ON, in_force(ON), (later_results.stamp.seq, later_results.stamp.digest, at)
    )
    for code, column in fresh.columns.items():
        assert np.array_equal(column.verdict, later_results.columns[code].verdict)
        assert np.array_equal(column.certain, later_results.columns[code].certain)
        assert np.array_equal(column.possible, later_results.columns[code].possible)
        assert np.array_equal(fresh.near(code), later_results.near(code))
    assert verdicts.policy_totals(later_results, "AC-TEST-LOAD", None).meets == 2
    for name, as_json in fresh.table.columns.items():
        held, rows = later_results.table.columns[name], range(fresh.table.rows)
        assert [as_json.cell(row) for row in rows] == [held.cell(row) for row in rows], name


def test_a_workbook_of_facts_builds_the_board_anew_and_its_undoing_too(city, version, at):
    used(city, at, 80, 80, 79)
    results = results_in_memory.results_on(ON)
    opened = FactBatch(
        file_name="九月.xlsx",
        file=b"",
        source="供电公司",
        area=city.county,
        uploaded_by=city.clerk,
        uploaded_at=at,
    )
    batch = fact_batches.add_batch(opened, by=city.clerk, at=at)
    assert results_in_memory.results_on(ON) is results
    fact = fact_batches.NewFact(city.firm.pk, "用电量", "MONTH", date(2026, 9, 1), Decimal(80), "")
    fact_batches.write_batch(batch, facts=[fact], by=city.clerk, at=at)
    assert verdicts.policy_totals(results_in_memory.results_on(ON), "AC-TEST-LOAD", None).meets == 1
    fact_batches.undo_batch(batch, by=city.clerk, at=at)
    assert verdicts.policy_totals(results_in_memory.results_on(ON), "AC-TEST-LOAD", None).meets == 0


def test_a_new_firm_builds_the_board_anew(city, version, at):
    results = results_in_memory.results_on(ON)
    enterprises.register_firm(name="安川市新华机械有限公司", area=city.county, by=city.clerk, at=at)
    assert results_in_memory.results_on(ON) is not results
    assert results_in_memory.results_on(ON).stamp.firms == results.stamp.firms + 1


def test_what_if_counts_who_comes_in(city, version, at):
    used(city, at, 79, 80, 80)
    verdict = what_if.compare(
        version.text, with_thresholds(version.text, {"c0.0": Decimal(79)}), on=ON, ids=None
    )
    assert isinstance(verdict, Comparison)
    assert (verdict.before.meets, verdict.after.meets) == (0, 1)
    assert verdict.gained == ((city.firm.pk, Decimal("100000.00")),)
    assert verdict.after.certain == Decimal("100000.00")


def test_a_rule_that_cannot_be_read_is_told_instead(city, version):
    faults = what_if.compare(version.text, "code: x", on=ON, ids=None)
    assert not isinstance(faults, Comparison)
    assert faults[0].line == 1
    assert verdicts.totals_of_text("code: x", on=ON, ids=None) is None


def test_a_firm_of_another_place_is_out(city, version, at):
    used(city, at, 80, 80, 80)
    city.county.stat_code = "880100000000"
    city.county.save()
    assert verdict_of(city).grade == Grade.FAILS


def test_only_the_firms_one_sees_are_counted(city, version, at):
    used(city, at, 80, 80, 80)
    assert verdicts.visible_ids(city.clerk) is None
    ids = verdicts.visible_ids(city.county_clerk)
    assert ids.tolist() == [city.firm.pk]
    assert verdicts.visible_ids(city.clerk, area=city.other_county).tolist() == []
    assert verdicts.totals_of_rows(verdicts.firm_rows(version, on=ON, ids=ids)).firms == 1


def test_the_case_of_the_scene_passes():
    checked = check_text(scenes.RULE)
    assert checked.faults == ()
    assert [case.passed for case in checked.cases] == [True]


def test_entitled_firms_carry_their_reasons(city, version, at):
    used(city, at, 80, 80, 80)
    (due,) = verdicts.entitled_firms(version, on=ON, ids=None)
    assert due.amount == Decimal("100000.00")
    assert any("80%" in reason for reason in due.reasons)
    assert verdicts.period_of(version, on=ON) == "2026Q3"
