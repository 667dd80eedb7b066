"""Pages of policies: the editor without JavaScript, sign-off, what-if, lists, the firm's page, JSON, the ledger."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.people.states import Role
from gongjian.policies.models import DatumRequest, Payout, PolicyNotice, PolicyVersion
from gongjian.policies.states import VersionState
from tests import scenes
from tests.factories import (
    AccountFactory,
    EnterpriseAccountFactory,
    PayoutFactory,
    PolicyFactory,
    PolicyVersionFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def city():
    made = scenes.city()
    for area, code in ((made.county, "990100000000"), (made.other_county, "990200000000")):
        area.stat_code = code
        area.save()
    return made


@pytest.fixture
def version(city):
    policy = PolicyFactory(code="AC-TEST-LOAD", name="满负荷生产奖励", area_code="99")
    return PolicyVersionFactory(policy=policy, text=scenes.RULE, written_by=city.clerk)


@pytest.fixture
def as_clerk(client, city):
    client.force_login(city.clerk)
    return client


def text_of(answer):
    return answer.content.decode()


def test_the_list_shows_what_each_policy_means(as_clerk, version):
    page = text_of(as_clerk.get(reverse("policies")))
    assert "满负荷生产奖励" in page
    part = text_of(as_clerk.get(reverse("policies"), {"q": "没有这个"}, headers=HTMX))
    assert "没有符合条件的政策" in part
    assert "<html" not in part


FIELDS = {
    "head-code": "AC-NEW",
    "head-name": "新政策",
    "head-document": "安政〔2026〕1号",
    "head-issuer": "工信局",
    "head-level": "CITY",
    "head-delivery": "FAST",
    "head-period": "2026Q3",
    "head-in_force_from": "2026-10-01",
    "head-confirmed": "on",
    "head-source": "文件",
    "clause-key": "",
    "clause-name": "用电",
    "clause-reference": "第一条",
    "clause-condition": "QUARTER(用电量, 0) >= 10万千瓦时",
    "part-name": "奖励",
    "part-amount": "10万元",
    "cases": "- name: 缺数据\n  facts: {用电量@2025Q3: 1}\n  expect: {verdict: UNKNOWN}\n",
}


def test_rows_come_and_go_without_javascript(as_clerk):
    page = text_of(as_clerk.post(reverse("policy-new"), FIELDS | {"do": "add-clause"}))
    assert page.count('name="clause-condition"') == 2
    page = text_of(as_clerk.post(reverse("policy-new"), FIELDS | {"do": "drop-clause:0"}))
    assert "QUARTER(用电量, 0)" not in page
    joined = FIELDS | {
        "do": "join:0",
        "join-fact-0": "期末从业人员",
        "join-op-0": ">=",
        "join-value-0": "20人",
    }
    assert "AND 期末从业人员 &gt;= 20人" in text_of(as_clerk.post(reverse("policy-new"), joined))
    assert not PolicyVersion.objects.exists()


def test_the_check_names_line_column_and_advice(as_clerk):
    wrong = FIELDS | {"clause-condition": "QUARTER(用点量, 0) >= 10万千瓦时"}
    part = text_of(as_clerk.post(reverse("policy-check"), wrong, headers=HTMX))
    assert "数据目录里没有“用点量”" in part
    assert "用电量" in part
    assert "yaml-wrong" in part
    assert "规则可以读懂" in text_of(as_clerk.post(reverse("policy-check"), FIELDS, headers=HTMX))


def test_written_proposed_and_signed_by_another(as_clerk, client, city):
    answer = as_clerk.post(reverse("policy-new"), FIELDS | {"do": "propose"})
    version = PolicyVersion.objects.get()
    assert answer.url == reverse("policy", args=[version.policy_id])
    assert version.state == VersionState.PROPOSED
    assert as_clerk.post(reverse("policy-move", args=[version.pk, "sign"])).status_code == 409
    client.force_login(AccountFactory(role=Role.CLERK, reads_area=city.city, writes_area=city.city))
    assert client.post(reverse("policy-move", args=[version.pk, "sign"])).status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.SIGNED


def test_what_cannot_be_proposed_is_kept_and_says_why(as_clerk):
    answer = as_clerk.post(reverse("policy-new"), FIELDS | {"cases": "", "do": "propose"}, follow=True)
    assert "还没有一个算例" in text_of(answer)
    assert PolicyVersion.objects.get().state == VersionState.DRAFT


def test_nothing_typed_is_lost_when_it_is_refused(as_clerk, version):
    answer = as_clerk.post(reverse("policy-new"), FIELDS | {"head-code": "AC-TEST-LOAD", "do": "save"})
    assert answer.status_code == 422
    assert "已用于" in text_of(answer)
    assert reverse("policy-version", args=[version.pk]) in text_of(answer)
    assert "QUARTER(用电量, 0)" in text_of(answer)
    answer = as_clerk.post(reverse("policy-new"), FIELDS | {"cases": "- name: [", "do": "save"})
    assert "算例第" in text_of(answer)


def test_a_second_draft_of_one_policy_leads_to_the_first(as_clerk):
    as_clerk.post(reverse("policy-new"), FIELDS | {"do": "save"})
    first = PolicyVersion.objects.get()
    for address in (reverse("policy-new"), reverse("policy-next", args=[first.policy_id])):
        answer = as_clerk.post(address, FIELDS | {"do": "save"})
        assert answer.status_code == 422
        assert f'href="{reverse("policy-version", args=[first.pk])}"' in text_of(answer)
    fresh = as_clerk.post(reverse("policy-new"), FIELDS | {"head-code": "", "do": "save"})
    assert reverse("policy-version", args=[first.pk]) not in text_of(fresh)


def test_what_if_answers_as_a_page_and_as_a_part(as_clerk, version):
    address = reverse("policy-what-if", args=[version.policy_id])
    assert 'type="range"' in text_of(as_clerk.get(address))
    part = text_of(as_clerk.get(address, {"c0.0": "70"}, headers=HTMX))
    assert "新增受益" in part
    assert "<html" not in part


def test_the_firms_page_is_its_own(client, city, version):
    client.force_login(EnterpriseAccountFactory(enterprise=city.firm).account)
    page = text_of(client.get(reverse("my-policies")))
    assert "满负荷生产奖励" in page
    assert "交办补数据" not in page
    assert client.get(reverse("firm-policies", args=[city.firm.pk])).status_code == 403


def test_json_of_a_firm(as_clerk, city, version):
    told = as_clerk.get(reverse("firm-policies-json", args=[city.firm.pk]), {"policy": "AC-TEST-LOAD"}).json()
    (one,) = told["policies"]
    assert (one["verdict"], one["certain"]) == ("UNKNOWN", "0.00")
    assert one["missing"]


def test_firms_outside_ones_area_are_not_found(client, city, version):
    stranger = AccountFactory(role=Role.CLERK, reads_area=city.other_county, writes_area=city.other_county)
    client.force_login(stranger)
    for name in ("firm-policies", "firm-policies-json", "firm-card", "firm-card-word", "datum-ask"):
        assert client.get(reverse(name, args=[city.firm.pk])).status_code == 404, name
    payout = PayoutFactory(enterprise=city.firm)
    assert client.get(reverse("payout", args=[payout.pk])).status_code == 404


def test_a_missing_datum_is_handed_over(as_clerk, city, version):
    answer = as_clerk.post(
        reverse("datum-ask", args=[city.firm.pk]),
        {
            "policy": version.policy_id,
            "fact": "用电量@2026-07",
            "task": "请提供用电量",
            "lead_unit": city.bureau.pk,
            "responsible_person": city.director.pk,
            "due": "2027-01-08",
        },
    )
    assert answer.status_code == 302
    assert DatumRequest.objects.get().fact == "用电量@2026-07"
    assert "已交办给" in text_of(as_clerk.get(reverse("firm-policies", args=[city.firm.pk])))


def test_a_batch_is_told(as_clerk, version):
    address = reverse("policy-notice", args=[version.policy_id])
    answer = as_clerk.post(address, {"title": "请补数据", "text": "缺用电量", "grades": ["UNKNOWN"]})
    assert answer.status_code == 302
    assert [firm["grade"] for firm in PolicyNotice.objects.get().firms] == ["UNKNOWN"]
    assert "请补数据" in text_of(as_clerk.get(address))


def test_a_payout_from_application_to_payment(as_clerk, city, version):
    today = timezone.localdate().isoformat()
    form = {
        "enterprise": city.firm.pk,
        "version": version.pk,
        "amount": "100000",
        "on": today,
        "period": "2026Q3",
    }
    assert as_clerk.post(reverse("payout-new"), form).status_code == 302
    payout = Payout.objects.get()
    again = as_clerk.post(reverse("payout-new"), form)
    assert again.status_code == 422
    assert "已经登记过" in text_of(again)
    for verb in ("approve", "pay"):
        as_clerk.post(reverse("payout-bulk"), {"verb": verb, "rows": [payout.pk], "on": today})
    payout.refresh_from_db()
    assert (payout.state, payout.approved_amount) == ("PAID", Decimal("100000.00"))
    answer = as_clerk.post(reverse("payout-move", args=[payout.pk, "return_"]), {"return_-note": ""})
    assert answer.status_code == 422
    assert "10万元" in text_of(as_clerk.get(reverse("payouts")))
    assert as_clerk.get(reverse("payouts-export")).content[:2] == b"PK"
    assert as_clerk.get(reverse("payouts-word")).content[:2] == b"PK"


def test_comparison_shows_lines_changed(as_clerk, version):
    text = scenes.RULE.replace("80%", "75%")
    after = PolicyVersionFactory(policy=version.policy, number=2, text=text)
    page = text_of(as_clerk.get(reverse("policy-compare", args=[version.policy_id]), {"b": after.pk}))
    assert "diff-added" in page
    assert "75%" in page


def test_a_newer_text_of_the_library_is_told_and_adopted(as_clerk, version):
    offered = PolicyVersionFactory(
        policy=version.policy,
        number=2,
        text=f"{scenes.RULE}\n# 新\n",
        state="OFFERED",
        written_by=None,
        signed_by=None,
        signed_at=None,
    )
    assert "规则库有新文本" in text_of(as_clerk.get(reverse("policies")))
    page = text_of(as_clerk.get(reverse("policy", args=[version.policy_id])))
    assert "现行版不变" in page
    assert f"a={version.pk}&amp;b={offered.pk}" in page
    assert as_clerk.post(reverse("policy-move", args=[offered.pk, "adopt"])).status_code == 302
    offered.refresh_from_db()
    assert offered.state == VersionState.PROPOSED
    assert "规则库有新文本" not in text_of(as_clerk.get(reverse("policy", args=[version.policy_id])))


def test_the_budget_of_a_draft_and_its_ceiling(as_clerk, client, city, version):
    draft = PolicyVersionFactory(
        policy=version.policy,
        number=2,
        text=scenes.RULE,
        state="DRAFT",
        signed_by=None,
        signed_at=None,
        written_by=city.clerk,
    )
    address = reverse("policy-budget", args=[draft.pk])
    assert address in text_of(as_clerk.get(reverse("policy-version", args=[draft.pk])))
    assert "还没有填预算上限" in text_of(as_clerk.get(address))
    ceiling = reverse("policy-ceiling", args=[draft.pk])
    wrong = as_clerk.post(ceiling, {"amount": "-3"})
    assert wrong.status_code == 422
    assert 'value="-3"' in text_of(wrong)
    assert as_clerk.post(ceiling, {"amount": "500.5"}).status_code == 302
    version.policy.refresh_from_db()
    assert version.policy.ceiling == Decimal("5005000.00")
    page = text_of(as_clerk.get(address))
    assert "500.5万元" in page
    assert 'value="500.5"' in page
    assert "预算上限 500.5万元" in text_of(as_clerk.get(reverse("policy-version", args=[draft.pk])))
    assert as_clerk.get(reverse("policy-budget-export", args=[draft.pk])).content[:2] == b"PK"
    client.force_login(city.leader)
    assert "保存预算上限" not in text_of(client.get(address))
    assert client.post(ceiling, {"amount": "1"}).status_code == 403


def test_a_new_policy_says_what_is_wrong_only_after_something_was_written(as_clerk):
    assert "处要改" not in text_of(as_clerk.get(reverse("policy-new")))
    page = text_of(as_clerk.post(reverse("policy-new"), FIELDS | {"head-code": "", "do": "check"}))
    assert "处要改" in page
