"""What units are told of their matters: each once, never left standing when it is no longer so."""

from datetime import timedelta
from typing import Any

import pytest

from gongjian.assignments import services as s
from gongjian.audit.models import Event
from gongjian.notices import outbox, queries
from gongjian.notices import services as notices
from gongjian.notices.models import Notice, Sending
from gongjian.notices.withdrawals.services import withdraw
from gongjian.web.subject_pages import page_about
from tests import scenes
from tests.assignments.doing import do, handed_over
from tests.factories import AT, ChannelFactory


@pytest.fixture
def c(db):
    return scenes.city()


def inbox(unit, **facts):
    """Unread notices of a unit, oldest first."""
    rows = Notice.objects.filter(queries.UNREAD, unit=unit, **facts).order_by("pk")
    return [notice.text for notice in rows]


def test_a_new_matter_reaches_its_lead_its_helpers_and_who_gets_a_copy(c):
    a = handed_over(c, supporting_units=[c.other_bureau], copied_to=[c.office, c.other_bureau])
    assert len(inbox(c.bureau)) == len(inbox(c.office)) == len(inbox(c.other_bureau)) == 1
    assert f"新交办{a.number}" in inbox(c.bureau)[0]
    assert c.director.name in inbox(c.bureau)[0]
    assert "请协办" in inbox(c.other_bureau)[0]
    assert "抄送" in inbox(c.office)[0]
    pages = {page_about(one.subject_kind, one.subject_id, reader=c.handler) for one in Notice.objects.all()}
    assert pages == {f"/assignments/{a.pk}/"}


def test_the_outcome_of_an_objection_is_told_to_whom_it_concerns(c):
    a = do(c, handed_over(c), "object_to", reason="不归我们", by=c.handler)
    s.overrule(a, reason="职责清单第三条", by=c.clerk, at=AT)
    assert "异议不成立" in inbox(c.bureau, kind="OUTCOME")[0]
    b = do(c, handed_over(c), "object_to", reason="不归我们", by=c.handler)
    s.reassign(
        b, lead_unit=c.other_bureau, responsible_person=c.other_director, reason="改由人社", by=c.clerk, at=AT
    )
    told = [text for text in inbox(c.bureau) if b.number in text]
    assert len(told) == 1
    assert "异议成立" in told[0]
    assert [b.number in text for text in inbox(c.other_bureau)] == [True]


def test_a_unit_that_is_out_keeps_no_unread_task(c):
    a = handed_over(c)
    s.reassign(
        a, lead_unit=c.other_bureau, responsible_person=c.other_director, reason="分工调整", by=c.clerk, at=AT
    )
    assert len(inbox(c.bureau)) == 1
    assert "不再承办：分工调整" in inbox(c.bureau)[0]
    assert "请签收" in inbox(c.other_bureau)[0]


def test_a_hand_over_taken_back_leaves_nothing_unread_and_follows_what_was_read(c):
    a = handed_over(c, supporting_units=[c.other_bureau])
    notices.mark_read(Notice.objects.get(unit=c.other_bureau), by=c.other_handler, at=AT)
    s.withdraw(a, reason="交错", by=c.clerk, at=AT)
    assert inbox(c.bureau) == []
    assert [text[:4] for text in inbox(c.other_bureau)] == ["撤回交办"]
    assert queries.count_unread(c.handler) == 0
    assert Event.objects.filter(name="notice.withdrawn").count() == 1


def test_reminders_of_a_matter_that_was_taken_back_go_with_it(c):
    a = s.remind(handed_over(c), text="请抓紧", by=c.clerk, at=AT)
    s.withdraw(a, reason="交错", by=c.clerk, at=AT)
    assert inbox(c.bureau) == []


def test_a_new_round_and_a_failed_check_are_told(c):
    a = do(c, handed_over(c), "accept", by=c.handler)
    a = do(c, a, "resolve", outcome="SOLVED", text="已办", by=c.handler)
    a = s.return_(a, reason="没有联系企业", by=c.clerk, at=AT)
    assert "核查退回" in inbox(c.bureau)[-1]
    a = do(c, a, "resolve", outcome="SOLVED", text="已办", by=c.handler)
    s.reopen(a, reason="又停电了", by=c.clerk, at=AT)
    assert "重新交办" in inbox(c.bureau)[-1]
    assert "又停电了" in inbox(c.bureau)[-1]


def reminded(c, **more):
    facts: dict[str, Any] = {"text": "请抓紧", "by": c.clerk, "at": AT} | more
    return s.remind(handed_over(c), **facts)


def take_back(c, a, at=AT):
    return s.withdraw_reminder(a, reminder=a.last_event, reason="发错", by=c.clerk, at=at)


def sent(at):
    """The digests of a day, made and sent; the texts that left."""
    left: list[str] = []

    def send(_address: str, _title: str, body: str) -> str:
        left.append(body)
        return ""

    notices.make_digests(working=True, at=at)
    outbox.deliver(at=at, send=send)
    return left


def test_a_reminder_taken_back_before_the_digest_never_leaves(c):
    ChannelFactory(unit=c.bureau, account=None)
    a = reminded(c)
    take_back(c, a)
    assert not inbox(c.bureau, kind="REMINDER")
    (text,) = sent(AT)
    assert "请抓紧" not in text
    assert "新交办" in text


def test_a_reminder_in_a_digest_that_waits_is_taken_out_of_it(c):
    ChannelFactory(unit=c.bureau, account=None)
    a = reminded(c)
    notices.make_digests(working=True, at=AT)
    take_back(c, a)
    sending = Sending.objects.get()
    assert (sending.count, len(sending.items)) == (1, 1)
    assert "请抓紧" not in sending.text
    s.withdraw(a, reason="交错", by=c.clerk, at=AT)
    sending.refresh_from_db()
    assert (sending.state, sending.count, sending.text) == ("EMPTY", 0, "")
    assert sent(AT) == []


def test_what_left_already_is_followed_by_a_withdrawal_in_the_next_digest(c):
    ChannelFactory(unit=c.bureau, account=None)
    a = reminded(c)
    assert "请抓紧" in sent(AT)[0]
    take_back(c, a, at=AT + timedelta(minutes=5))
    assert ["撤回催办" in text for text in inbox(c.bureau, kind="REMINDER")] == [True]
    (text,) = sent(AT + timedelta(days=1))
    assert "撤回催办" in text
    assert "请抓紧" not in text


def test_taking_back_is_exact_and_done_once(c):
    a = reminded(c)
    first = a.last_event
    a = s.remind(a, text="第二次", by=c.leader, at=AT)
    s.withdraw_reminder(a, reminder=first, reason="发错", by=c.clerk, at=AT)
    assert ["第二次" in text for text in inbox(c.bureau, kind="REMINDER")] == [True]
    facts: dict[str, Any] = {"kind": "REMINDER", "by": c.clerk, "at": AT}
    assert withdraw(keys=[f"remind-{a.pk}-{first}"], **facts) == 0
    assert withdraw(keys=["unknown"], **facts) == 0
