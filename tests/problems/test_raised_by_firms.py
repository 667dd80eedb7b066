"""A firm raises a problem itself: once, in its own words; the office declines with a reason the firm reads."""

import pytest

from gongjian.assignments import services as assignments
from gongjian.attachments.queries import attachments_of
from gongjian.attachments.services import accept_file
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.notices.models import Notice
from gongjian.problems import perms, queries
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.problems.raised_by_firms import services as raised_by_firms
from gongjian.web.subject_pages import page_about
from tests.factories import AT, TODAY, AccountFactory, EnterpriseAccountFactory, EnterpriseFactory
from tests.problems.doing import hand_over
from tests.scenes import PIXEL


@pytest.fixture
def firm(c):
    return EnterpriseAccountFactory(enterprise=c.firm).account


def raise_own(by, text="停电三天，需要提前通知", key="k1", **more):
    return problems.raise_own(**({"text": text, "key": key, "by": by, "at": AT} | more))


def test_it_lands_on_the_desk_as_the_firm_wrote_it(c, firm):
    problem = raise_own(firm, raised_by=" 高总 ", files=[accept_file("现场.png", PIXEL)])
    assert (problem.enterprise, problem.area, problem.channel, problem.raised_by) == (
        c.firm,
        c.county,
        "FIRM",
        "高总",
    )
    assert problem.raised_itself
    assert list(queries.by_status(queries.visible_to(c.clerk), ["NEW"])) == [problem]
    assert [one.name for one in attachments_of(problem)] == ["现场.png"]
    assert events_of(problem).first().name == "problem.recorded"
    assert queries.visible_to(firm).get() == problem


def test_a_form_sent_twice_is_one_problem_and_changed_words_are_never_lost(c, firm):
    first = raise_own(firm)
    assert raise_own(firm) == first
    with pytest.raises(Refused, match="已经提过"):
        raise_own(firm, key="k2")
    other = raise_own(firm, text="另一件事")
    assert other != first
    stranger = EnterpriseAccountFactory(enterprise=EnterpriseFactory(area=c.county)).account
    assert raise_own(stranger).enterprise != c.firm
    assert Problem.objects.count() == 3


def test_what_is_settled_may_be_raised_again(c, firm):
    problems.decline(raise_own(firm), reason="材料不全，请补充电表号", by=c.clerk, at=AT)
    assert raise_own(firm, key="k2").pk


def test_who_may_not_is_told(c, firm, monkeypatch):
    for nobody in (c.clerk, AccountFactory(role="ENTERPRISE")):
        with pytest.raises(Refused, match="没有关联企业"):
            raise_own(nobody)
    with pytest.raises(Refused, match="一次只记一件事"):
        raise_own(firm, text=" ")
    raise_own(firm)
    monkeypatch.setattr(raised_by_firms, "MOST_WAITING", 1)
    with pytest.raises(Refused, match="等待交办"):
        raise_own(firm, text="又一件", key="k2")
    c.firm.merged_into = EnterpriseFactory(area=c.county)
    c.firm.save()
    firm.refresh_from_db()
    with pytest.raises(Refused, match="已并入"):
        raise_own(firm, text="再一件", key="k3")


def test_a_declined_problem_tells_the_firm_why_and_stays_declined(c, firm):
    problem = raise_own(firm)
    with pytest.raises(Refused, match="为什么不受理"):
        problems.decline(problem, reason=" ", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="攻坚办"):
        problems.decline(problem, reason="不归我们", by=c.handler, at=AT)
    declined = problems.decline(problem, reason="属合同约定，可申请调解", by=c.clerk, at=AT)
    assert queries.status_of(declined) == "不予受理"
    assert queries.by_status(queries.visible_to(c.clerk), ["DECLINED"]).get() == problem
    assert not queries.by_status(queries.visible_to(c.clerk), ["ANSWERED", "NEW"])
    notice = Notice.objects.get(account=firm)
    assert "属合同约定，可申请调解" in notice.text
    assert page_about(notice.subject_kind, notice.subject_id, reader=firm) == f"/firm/problems/{problem.pk}/"
    assert events_of(problem).last().name == "problem.declined"
    with pytest.raises(Refused, match="不予受理并告知"):
        hand_over(c, declined)
    row = queries.with_readings([declined], today=TODAY)[0]
    assert (row.status, row.light) == ("不予受理", "")


def test_what_was_heard_on_a_visit_is_not_declined(c, problem):
    with pytest.raises(Refused, match="企业自己提的"):
        problems.decline(problem, reason="不想办", by=c.clerk, at=AT)
    assert not perms.can_decline(c.clerk, problem)


def test_the_office_files_it_but_keeps_the_firm_s_words(c, firm):
    problem = raise_own(firm)
    problems.update(problem, category="UTILITIES", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="文字不能改"):
        problems.update(problem, text="没有这回事", by=c.clerk, at=AT)
    problem.refresh_from_db()
    assert (problem.category, problem.text) == ("UTILITIES", "停电三天，需要提前通知")


def test_the_firm_adds_files_until_it_is_settled(c, firm):
    problem = raise_own(firm)
    problems.attach(problem, [accept_file("一.png", PIXEL)], by=firm, at=AT)
    task = hand_over(c, problem)
    problems.attach(problem, [accept_file("二.png", PIXEL)], by=firm, at=AT)
    assignments.withdraw(task, reason="交错", by=c.clerk, at=AT)
    problem.refresh_from_db()
    with pytest.raises(Refused, match="已经办完"):
        problems.attach(problem, [accept_file("三.png", PIXEL)], by=firm, at=AT)
    stranger = EnterpriseAccountFactory(enterprise=EnterpriseFactory(area=c.county)).account
    assert not perms.can_attach(stranger, problem)


def test_another_firm_adds_no_file(c, firm):
    problem = raise_own(firm)
    stranger = EnterpriseAccountFactory().account
    assert perms.can_attach(firm, problem)
    assert not perms.can_attach(stranger, problem)
    with pytest.raises(Refused, match="附件由"):
        problems.attach(problem, [accept_file("一.png", PIXEL)], by=stranger, at=AT)
