"""The model rule (河南满负荷生产 2023 年一季度) as its library file has it: on the firm's page and in JSON."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from gongjian.enterprises import services as enterprises
from gongjian.enterprises.facts_for_rules.queries import read_period_mark
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files.checks import read_rule
from gongjian.policies.rule_files.services import LIBRARY
from tests import scenes
from tests.factories import AT, AccountFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
TEXT = (LIBRARY / "henan-full-load-2023q1.yaml").read_text(encoding="utf-8")
ON = "2023-04-10"
WITHOUT_INCOME, ONE_SHORT = "收入未报：10万元确定，20万元待定", "只差1万千瓦时"


@pytest.fixture
def city(tmp_path):
    """A city of Henan, the rule as the product brings it, checked against its document."""
    made = scenes.city()
    made.county.stat_code = "410502000000"
    made.county.save()
    checked = TEXT.replace("confirmed: false", "confirmed: true")
    policy = Policy.objects.create(
        code="HEN-2023Q1-FULL-LOAD",
        name="满负荷生产财政奖励",
        level="PROVINCE",
        delivery="APPLICATION",
        last_day=date(2023, 4, 15),
    )
    PolicyVersion.objects.create(
        policy=policy,
        number=1,
        text=checked,
        state="SIGNED",
        confirmed=True,
        written_at=AT,
        signed_at=AT,
        valid_from=date(2023, 1, 1),
        valid_until=date(2023, 12, 31),
    )
    return made


def with_facts(city, name):
    """A firm of which exactly what a case of the file says is known."""
    (case,) = [case for case in read_rule(TEXT).cases if case.name == name]
    firm = EnterpriseFactory(area=city.county, industry_code="3411", above_designated_size=True)
    for column, value in dict(case.facts).items():
        key, _at, mark = column.partition("@")
        if mark or key == "主要能源":
            kind, period = read_period_mark(mark) if mark else ("DAY", date(2023, 1, 1))
            enterprises.record_fact(
                firm,
                key=key,
                period_kind=kind,
                period=period,
                source="电网台账",
                by=city.clerk,
                at=AT,
                value=Decimal(value) if mark else None,
                text="" if mark else value,
            )
    return firm


def read(client, city, firm):
    """The page without its tags, and the one policy of the JSON."""
    client.force_login(city.clerk)
    page = client.get(reverse("firm-policies", args=[firm.pk]), {"on": ON}).content.decode()
    told = client.get(reverse("firm-policies-json", args=[firm.pk]), {"on": ON}).json()
    assert told["on"] == ON
    (one,) = told["policies"]
    return page, one


def test_79_80_80_is_a_near_miss_by_one_unit(client, city):
    page, one = read(client, city, with_facts(city, ONE_SHORT))
    assert (one["verdict"], one["grade"], one["certain"], one["missing"]) == ("FAILS", "NEAR", "0.00", [])
    (near,) = one["near"]
    told = {key: near[key] for key in ("fact", "have", "need", "gap", "unit", "gain")}
    assert told == {
        "fact": "用电量@2023-03",
        "have": "80",
        "need": "81",
        "gap": "1",
        "unit": "万千瓦时",
        "gain": "200000.00",
    }
    assert near["sentence"].startswith("2023年3月用电量少1万千瓦时")
    assert "差一点就能得到" in page
    assert near["sentence"] in page


def test_income_not_reported_10_certain_20_undecided_and_named(client, city):
    page, one = read(client, city, with_facts(city, WITHOUT_INCOME))
    assert (one["verdict"], one["certain"], one["possible"]) == ("MEETS", "100000.00", "200000.00")
    assert one["missing"] == ["营业收入@2023Q1"]
    assert "10万元" in page
    assert "营业收入" in page
    clauses = {clause["key"]: clause["verdict"] for clause in one["clauses"]}
    assert clauses == {"area": "MEETS", "listed": "MEETS", "not_less": "MEETS", "full_load": "MEETS"}
    assert json.dumps(one, ensure_ascii=False).count("营业收入@2023Q1") == 1


@pytest.mark.parametrize("name", ["firm-policies", "firm-policies-json"])
def test_page_and_json_are_for_the_same_readers(client, city, name):
    firm = with_facts(city, ONE_SHORT)
    assert client.get(reverse(name, args=[firm.pk])).status_code == 302
    stranger = AccountFactory(role="CLERK", reads_area=city.other_county, writes_area=city.other_county)
    client.force_login(stranger)
    assert client.get(reverse(name, args=[firm.pk])).status_code == 404
