"""Rules that only classify (规模划型, 入库, 认定) are no benefits: decided from the rule, on every page and paper."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.audit import Refused
from gongjian.policies import services as policies
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files.queries import read_header
from gongjian.policies.rule_files.services import LIBRARY
from gongjian.policies.verdicts import queries as verdicts
from tests import scenes
from tests.factories import PolicyVersionFactory
from tests.web.test_pages import signed_in

CLASS = scenes.RULE[: scenes.RULE.index("benefit:")].replace("AC-TEST-LOAD", "AC-TEST-CLASS")
CLASS = CLASS.replace("name: 满负荷生产奖励", "name: 大型企业划型")

CASE = """  condition: YEAR(营业收入, -1) >= 1万元
cases:
- name: 过了线
  facts: {地区代码: "990000000000", 营业收入@2025: 2}
  expect: {verdict: MEETS}
"""


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        (scenes.RULE, True),
        (CLASS, False),
        (CLASS + "benefit: {}\n", False),
        (CLASS + "benefit:\n  parts: []\n", False),
        (CLASS + "benefit:\n  parts:\n  - {name: 奖励, amount: 1元, reference: 第一条}\n", True),
    ],
)
def test_it_is_read_from_the_rule(text, gives):
    assert read_header(text).gives is gives


def test_the_library_knows_which_of_its_rules_give_nothing(db):
    policies.load_library(by=None, at=timezone.now())
    for path in LIBRARY.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        policy = Policy.objects.get(code=read_header(text).code)
        assert policy.gives is ("\nbenefit:" in text), path.name
    assert {policy.delivery_label for policy in Policy.objects.filter(gives=False)} == {"分类认定，不兑现"}


@pytest.fixture
def world(db, settings, tmp_path):
    settings.HOME = tmp_path
    return scenes.ledger(timezone.now() - timedelta(minutes=5))


def met(world):
    """A classification that the firm meets or nearly meets, delivered “automatically” by its header."""
    text = CLASS[: CLASS.index("  condition:")] + CASE
    version: PolicyVersion = PolicyVersionFactory(
        policy__code="AC-TEST-CLASS",
        policy__name="大型企业划型",
        policy__delivery="AUTOMATIC",
        policy__gives=False,
        policy__confirmed=True,
        text=text,
        confirmed=True,
    )
    return version


def test_the_firm_is_not_offered_a_classification_as_a_benefit(world):
    version = met(world)
    firm, today = world.city.firm, timezone.localdate()
    sheet = verdicts.firm_sheet(firm, on=today)
    assert version.policy not in [one.policy for one in (*sheet.meets, *sheet.near, *sheet.unknown)]
    pages = [
        signed_in(world.city.clerk).get(reverse("firm-policies", args=[firm.pk])).content.decode(),
        signed_in(world.enterprise).get(reverse("my-policies")).content.decode(),
        signed_in(world.city.clerk).get(reverse("firm-card", args=[firm.pk])).content.decode(),
    ]
    assert version.policy in [one.policy for one in sheet.classes]
    for page in pages[:2]:
        assert "只作分类，不发钱" in page
    for page in pages:
        offered = page[page.index("<main") :].partition("只作分类，不发钱")[0]
        assert "大型企业划型" not in offered
    assert "大型企业划型" not in pages[2]


def test_delivery_and_lists_for_payment_are_for_benefits_only(world):
    version = met(world)
    clerk = signed_in(world.city.clerk)
    page = clerk.get(reverse("policy", args=[version.policy_id])).content.decode()
    assert "分类认定，不兑现" in page
    assert "免申即享" not in page[page.index("<main") :]
    with pytest.raises(Refused, match="不能直接列名单"):
        policies.list_automatic(version, due=[], period="2026", by=world.city.clerk, at=timezone.now())
    found = clerk.get(reverse("policies"), {"delivery": "AUTOMATIC"}).content.decode()
    assert "大型企业划型" not in found[found.index("<main") :]
    assert "大型企业划型" in clerk.get(reverse("policies"), {"delivery": "NONE"}).content.decode()
