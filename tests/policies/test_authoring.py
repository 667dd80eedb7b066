"""Two persons and a rule: who writes, who signs, what a signature changes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.people.states import Role
from gongjian.policies import queries
from gongjian.policies import services as policies
from gongjian.policies.models import Policy
from gongjian.policies.perms import can_version, can_write, is_signer, moves_for
from gongjian.policies.queries import in_force
from gongjian.policies.states import VERSION_MOVES, VersionState
from tests import scenes
from tests.factories import AccountFactory, PolicyVersionFactory

pytestmark = pytest.mark.django_db
TEXT = """code: AC-MFH-2026
name: 满负荷生产奖励
document: 安政办〔2026〕9号
level: CITY
area: "99"
delivery: AUTOMATIC
in_force_from: 2026-10-01
last_day: 2026-12-31
confirmed: true
"""


@pytest.fixture
def city():
    return scenes.city()


@pytest.fixture
def second(city):
    return AccountFactory(role=Role.CLERK, reads_area=city.city, writes_area=city.city)


@pytest.fixture
def proposed(city):
    return PolicyVersionFactory(
        state="PROPOSED", written_by=city.clerk, signed_by=None, signed_at=None, valid_from=date(2026, 10, 1)
    )


def test_a_draft_repeats_its_head_for_the_lists(city, at):
    version = policies.draft(text=TEXT, by=city.clerk, at=at)
    policy = version.policy
    assert (policy.name, policy.level, policy.area_code) == ("满负荷生产奖励", "CITY", "99")
    assert (version.number, version.state) == (1, VersionState.DRAFT)
    assert (version.valid_from, policy.last_day) == (date(2026, 10, 1), date(2026, 12, 31))
    assert str(events_of(policy).get()) == "起草政策满负荷生产奖励第1版"


@pytest.mark.parametrize(
    ("text", "match"),
    [("a: [", "YAML"), ("name: 无代号", "代号和名称"), ("- 一\n- 二", "YAML"), ("", "YAML")],
)
def test_what_says_nothing_is_not_kept(city, at, text, match):
    with pytest.raises(Refused, match=match):
        policies.draft(text=text, by=city.clerk, at=at)
    assert not Policy.objects.exists()


def test_a_code_belongs_to_one_policy(city, at):
    version = policies.draft(text=TEXT, by=city.clerk, at=at)
    with pytest.raises(Refused, match="已用于"):
        policies.draft(text=TEXT, by=city.clerk, at=at)
    with pytest.raises(Refused, match="应为 AC-MFH-2026"):
        policies.edit(version, text=TEXT.replace("MFH", "XXX"), by=city.clerk, at=at)
    with pytest.raises(Refused, match="先改完这一版"):
        policies.draft(text=TEXT, policy=version.policy, by=city.clerk, at=at)


def test_only_clerks_write(city, at):
    for account in (city.leader, city.handler, city.officer, city.auditor):
        assert not can_write(account)
        with pytest.raises(Refused, match="起草"):
            policies.draft(text=TEXT, by=account, at=at)


def test_who_wrote_it_never_signs_it(city, second, proposed, at):
    with pytest.raises(Refused, match="两个人"):
        policies.sign(proposed, by=city.clerk, at=at)
    assert policies.sign(proposed, by=second, at=at).state == VersionState.SIGNED
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersionFactory(written_by=second, signed_by=second)


def test_a_leader_of_the_city_may_sign_a_county_clerk_may_not(city, proposed, at):
    with pytest.raises(Refused, match="市领导"):
        policies.sign(proposed, by=city.county_clerk, at=at)
    signed = policies.sign(proposed, by=city.leader, at=at)
    assert (signed.signed_by, signed.signed_at) == (city.leader, at)


def test_who_edits_last_is_the_author(city, second, at):
    version = policies.draft(text=TEXT, by=city.clerk, at=at)
    edited = policies.edit(version, text=TEXT + "explain: 多用电就奖励\n", by=second, at=at)
    assert edited.written_by == second
    event = events_of(version.policy).order_by("seq").last()
    assert "多用电就奖励" in event.data["text"]


def test_a_new_version_ends_the_one_before(city, at):
    old = PolicyVersionFactory(valid_from=date(2026, 1, 1))
    new = PolicyVersionFactory(
        policy=old.policy,
        number=2,
        state="PROPOSED",
        written_by=city.clerk,
        signed_by=None,
        signed_at=None,
        valid_from=date(2026, 10, 1),
    )
    policies.sign(new, by=city.leader, at=at)
    old.refresh_from_db()
    assert (old.state, old.valid_until) == (VersionState.SIGNED, date(2026, 9, 30))


def test_a_version_that_would_never_count_is_retired(city, at):
    old = PolicyVersionFactory(valid_from=date(2026, 11, 1))
    new = PolicyVersionFactory(
        policy=old.policy,
        number=2,
        state="PROPOSED",
        written_by=city.clerk,
        signed_by=None,
        signed_at=None,
        valid_from=date(2026, 10, 1),
    )
    policies.sign(new, by=city.leader, at=at)
    old.refresh_from_db()
    assert old.state == VersionState.RETIRED


def test_what_is_refused_says_why_and_can_be_written_again(city, second, at):
    version = PolicyVersionFactory(
        state="PROPOSED",
        written_by=city.clerk,
        signed_by=None,
        signed_at=None,
        text=TEXT,
        policy__code="AC-MFH-2026",
    )
    with pytest.raises(Refused, match="理由"):
        policies.refuse(version, reason="", by=second, at=at)
    back = policies.refuse(version, reason="第三条的比例写错了", by=second, at=at)
    assert (back.state, back.reason) == (VersionState.REFUSED, "第三条的比例写错了")
    edited = policies.edit(back, text=TEXT, by=city.clerk, at=at)
    assert (edited.state, edited.reason) == (VersionState.DRAFT, "")


def test_take_back_and_retire(city, proposed, at):
    assert policies.take_back(proposed, by=city.clerk, at=at).state == VersionState.DRAFT
    signed = PolicyVersionFactory()
    with pytest.raises(Refused, match="市攻坚办"):
        policies.retire(signed, reason="到期", by=city.county_clerk, at=at)
    assert policies.retire(signed, reason="到期", by=city.clerk, at=at).state == VersionState.RETIRED


def test_a_rule_without_cases_is_not_proposed(city, at):
    version = policies.draft(text=TEXT, by=city.clerk, at=at)
    with pytest.raises(Refused):
        policies.propose(version, by=city.clerk, at=at)
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT


def test_the_buttons_are_the_table(city, second, proposed):
    assert [move.verb for move in moves_for(city.clerk, proposed)] == ["take_back"]
    assert [move.verb for move in moves_for(second, proposed)] == ["take_back", "sign", "refuse"]
    assert moves_for(city.auditor, proposed) == []
    assert not can_version(second, proposed, "edit")


def test_every_state_is_reached_and_every_move_has_its_verb():
    reached = {VersionState.DRAFT, VersionState.OFFERED} | {move.to for move in VERSION_MOVES}
    assert reached == set(VersionState)
    for move in VERSION_MOVES:
        assert callable(getattr(policies, move.verb))


def test_the_library_comes_in_once_and_what_the_office_changed_stays(tmp_path, at):
    (tmp_path / "a.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("name: 没有代号\n", encoding="utf-8")
    assert policies.load_library(by=None, at=at, folder=tmp_path) == 1
    assert policies.load_library(by=None, at=at, folder=tmp_path) == 0
    version = Policy.objects.get().versions.get()
    assert (version.state, version.from_library) == (VersionState.SIGNED, True)
    assert (version.valid_from, version.confirmed) == (date(2026, 10, 1), True)


def library(folder, text, at):
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return policies.load_library(by=None, at=at, folder=folder)


WHOLE = (
    TEXT
    + """explain: 规上就给
source: 虚构
issuer: 虚构
period: current
clauses:
  - {key: listed, name: 规上, condition: 规上企业}
cases:
  - {name: 规上, facts: {规上企业: true, 地区代码: "990100"}, expect: {verdict: MEETS}}
"""
)


def test_a_newer_text_of_the_library_waits_and_what_is_in_force_stays(city, second, tmp_path, at):
    library(tmp_path, WHOLE, at)
    policy = Policy.objects.get()
    assert in_force(at.date())[0].number == 1
    newer = WHOLE.replace("虚构", "省厅答复")
    for _again in range(2):
        assert library(tmp_path, newer, at) == 0
    offered, first = policy.versions.all()
    assert (offered.number, offered.state, offered.text, offered.from_library) == (2, "OFFERED", newer, True)
    assert [version.number for version in in_force(at.date())] == [first.number]
    assert queries.policies_with_offer([policy]) == {policy.pk}
    assert [e.name for e in events_of(policy)].count("policy.offered") == 1
    with pytest.raises(Refused, match="不能审签"):
        policies.sign(offered, by=second, at=at)
    adopted = policies.adopt(offered, by=city.clerk, at=at)
    assert (adopted.state, adopted.written_by) == (VersionState.PROPOSED, city.clerk)
    with pytest.raises(Refused, match="两个人"):
        policies.sign(adopted, by=city.clerk, at=at)
    policies.sign(adopted, by=second, at=at)
    assert [version.number for version in in_force(at.date())] == [2]
    library(tmp_path, newer, at)
    assert policy.versions.count() == 2


def test_an_offer_not_taken_up_is_replaced_and_one_refused_or_changed_does_not_come_back(
    city, second, tmp_path, at
):
    library(tmp_path, WHOLE, at)
    policy = Policy.objects.get()
    for source in ("甲", "乙"):
        library(tmp_path, WHOLE.replace("虚构", source), at)
    offered = policy.versions.first()
    assert (offered.number, offered.text) == (2, WHOLE.replace("虚构", "乙"))
    policies.edit(offered, text=WHOLE.replace("虚构", "本市文件"), by=city.clerk, at=at)
    library(tmp_path, WHOLE.replace("虚构", "乙"), at)
    assert policy.versions.count() == 2
    library(tmp_path, WHOLE.replace("虚构", "丙"), at)
    third = policy.versions.first()
    assert (third.number, third.state) == (3, VersionState.OFFERED)
    with pytest.raises(Refused, match="先改完这一版"):
        policies.adopt(third, by=second, at=at)
    policies.refuse(third, reason="与本市文件不符", by=second, at=at)
    library(tmp_path, WHOLE.replace("虚构", "丙"), at)
    assert [version.state for version in policy.versions.all()] == ["REFUSED", "DRAFT", "SIGNED"]


def test_only_clerks_and_leaders_of_the_whole_city_sign():
    c = scenes.city()
    county, whole = c.county, c.city
    assert is_signer(AccountFactory(role=Role.CLERK, reads_area=county, writes_area=whole))
    assert not is_signer(AccountFactory(role=Role.CLERK, reads_area=whole, writes_area=county))
    assert is_signer(AccountFactory(role=Role.LEADER, reads_area=whole))
    assert not is_signer(AccountFactory(role=Role.LEADER, reads_area=county))
