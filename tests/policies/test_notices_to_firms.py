"""Missing data handed over, batches of firms told."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.assignments.states import Source
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.enterprises.models import Asking
from gongjian.notices.models import Notice
from gongjian.policies import services as policies
from gongjian.policies.states import Grade
from gongjian.policies.verdicts.answers import FirmRow
from gongjian.web.subject_pages import page_about
from tests import scenes
from tests.factories import EnterpriseAccountFactory, FactFactory, PolicyVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return scenes.city()


@pytest.fixture
def version():
    return PolicyVersionFactory()


def ask(city, version, at, *, by=None, fact="营业收入", reason=""):
    return policies.ask_datum(
        city.firm,
        policy=version.policy,
        fact=fact,
        reason=reason,
        task="补报恒岳机械三季度营业收入",
        lead_unit=city.bureau,
        responsible_person=city.director,
        due=date(2026, 12, 3),
        by=by or city.clerk,
        at=at,
    )


def test_a_missing_datum_becomes_an_assignment_of_the_unit_that_has_it(city, version, at):
    request = ask(city, version, at)
    assert (request.assignment.source, request.assignment.lead_unit) == (Source.DATUM, city.bureau)
    assert request.assignment.due_on == date(2026, 12, 3)
    assert str(events_of(version.policy).get()) == "交办补数据：安川市恒岳机械有限公司的营业收入"


def test_nobody_is_asked_twice_while_the_first_is_open(city, version, at):
    ask(city, version, at)
    with pytest.raises(Refused, match="已经交办给市金融局"):
        ask(city, version, at)


def test_only_the_office_of_the_area_asks(city, version, at):
    with pytest.raises(Refused, match="攻坚办"):
        ask(city, version, at, by=city.officer)


def tell(city, version, at, **changed):
    rows = [FirmRow(city.firm.pk, Grade.MEETS, Decimal(100000), None)]
    facts = {"title": "满负荷奖励", "text": "您可能符合", "rows": rows, "by": city.clerk} | changed
    return policies.notify(version, **facts, at=at)


def test_a_batch_is_kept_as_it_was_told(city, version, at):
    notice = tell(city, version, at)
    assert notice.firms == [
        {
            "pk": city.firm.pk,
            "name": "安川市恒岳机械有限公司",
            "grade": "MEETS",
            "certain": "100000",
            "possible": None,
            "told": False,
        }
    ]
    assert str(events_of(version.policy).get()) == "通知1家企业：满负荷奖励"


def test_a_firm_with_an_account_finds_it_in_its_inbox(city, version, at):
    account = EnterpriseAccountFactory(enterprise=city.firm).account
    notice = tell(city, version, at)
    assert notice.firms[0]["told"] is True
    told = Notice.objects.get(account=account)
    assert (told.kind, told.subject_kind, told.subject_id) == ("POLICY", "policies.policy", version.policy_id)
    assert page_about(told.subject_kind, told.subject_id, reader=account) == "/firm/policies/"
    assert "满负荷奖励" in told.text


@pytest.mark.parametrize(("changed", "match"), [({"title": " "}, "标题"), ({"rows": []}, "没有选中企业")])
def test_an_empty_batch_is_refused(city, version, at, *, changed, match):
    with pytest.raises(Refused, match=match):
        tell(city, version, at, **changed)


def test_nothing_uncertain_is_told_as_certain(city, at):
    with pytest.raises(Refused, match="核对原文"):
        tell(city, PolicyVersionFactory(confirmed=False), at)
    with pytest.raises(Refused, match="审签"):
        tell(city, PolicyVersionFactory(state="DRAFT", signed_by=None, signed_at=None), at)
    with pytest.raises(Refused, match="攻坚办工作人员"):
        tell(city, PolicyVersionFactory(), at, by=city.handler)


def test_a_datum_asked_of_a_unit_is_counted_and_not_asked_where_it_is_known(city, version, at):
    FactFactory(enterprise=city.firm, source="税务部门", recorded_at=at)
    with pytest.raises(Refused, match=r"已经知道：100万元（税务部门"):
        ask(city, version, at, fact="营业收入@2026-10")
    ask(city, version, at, fact="营业收入@2026-10", reason="口径不一致")
    ask(city, version, at, fact="用电量@2026-10")
    ask(city, version, at, fact="没有期别@不是期别")
    rows = list(Asking.objects.filter(kind="FACT").order_by("pk"))
    assert [(asking.unit, asking.minutes, asking.reason) for asking in rows] == [
        (city.bureau, 10, "口径不一致"),
        (city.bureau, 10, ""),
        (city.bureau, 10, ""),
    ]
    assert "用电量@2026-10" in rows[1].what
