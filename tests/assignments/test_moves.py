"""Every move, legal and illegal: from every state, by every party, with what each verb asks for."""

from datetime import date, timedelta

import pytest

from gongjian.assignments import perms, services
from gongjian.assignments.models import Assignment
from gongjian.assignments.projection import columns
from gongjian.assignments.queries import history, snapshot_of
from gongjian.assignments.states import MOVE, MOVES, PROXY_LABELS, Party, State
from gongjian.audit import Refused
from tests.assignments.doing import AT, PATHS, bring_to, do, handed_over, moment, signed

BY_THE_SYSTEM = {"recompute_due", "escalate"}
VERBS = [move.verb for move in MOVES if move.verb not in BY_THE_SYSTEM]
WISHED = {"grant_extension", "refuse_extension"}


def ready(c, verb, state):
    a = bring_to(c, state)
    return do(c, a, "ask_extension") if verb in WISHED and state == State.IN_PROGRESS else a


@pytest.mark.parametrize("state", PATHS)
@pytest.mark.parametrize("verb", VERBS)
def test_a_move_goes_through_from_its_states_only(c, verb, state):
    a, move = ready(c, verb, state), MOVE[verb]
    before = len(history(a))
    if state in move.sources:
        after = do(c, a, verb)
        assert after.state == (move.to or state)
        assert len(history(a)) == before + 1
    else:
        with pytest.raises(Refused, match=f"现在是“{state.label}”，不能{move.label}"):
            do(c, a, verb)
        assert len(history(a)) == before
    row = Assignment.objects.get(pk=a.pk)
    assert {name: getattr(row, name) for name in columns(snapshot_of(row))} == columns(snapshot_of(row))
    assert row.last_event == history(row)[-1].seq


@pytest.mark.parametrize("verb", VERBS)
def test_a_move_is_made_by_its_parties_only(c, verb):
    accounts = {
        c.clerk: Party.OFFICE,
        c.county_clerk: Party.OFFICE,
        c.leader: Party.LEADER,
        c.handler: Party.HANDLER,
        c.other_handler: None,
        c.officer: None,
        c.auditor: None,
        c.administrator: None,
    }
    move = MOVE[verb]
    for account, party in accounts.items():
        a = ready(c, verb, move.sources[0] if verb != "remind" else State.IN_PROGRESS)
        if party == Party.OFFICE and verb in PROXY_LABELS:
            with pytest.raises(Refused, match="要由它自己做"):  # the bureau has an account
                do(c, a, verb, by=account)
        elif party in move.parties:
            assert do(c, a, verb, by=account)
        else:
            with pytest.raises(Refused, match="您的账号不在其中"):
                do(c, a, verb, by=account)


def test_nothing_changes_when_a_move_is_refused(c):
    a = handed_over(c)
    with pytest.raises(Refused):
        do(c, a, "accept", by=c.auditor)
    assert Assignment.objects.get(pk=a.pk).state == State.ASSIGNED


@pytest.mark.parametrize(
    ("verb", "field", "state"),
    [
        ("object_to", "reason", State.ASSIGNED),
        ("overrule", "reason", State.OBJECTED),
        ("reassign", "reason", State.IN_PROGRESS),
        ("report", "text", State.IN_PROGRESS),
        ("ask_extension", "reason", State.IN_PROGRESS),
        ("refuse_extension", "reason", State.IN_PROGRESS),
        ("hold", "reason", State.IN_PROGRESS),
        ("resolve", "text", State.IN_PROGRESS),
        ("return_", "reason", State.RESOLVED),
        ("reopen", "reason", State.CLOSED),
        ("withdraw", "reason", State.ASSIGNED),
    ],
)
def test_a_blank_reason_or_text_is_refused_at_its_field(c, verb, field, state):
    a = ready(c, verb, state)
    with pytest.raises(Refused, match="请写明") as refusal:
        do(c, a, verb, at=AT, **{field: " \n"})
    assert refusal.value.field == field


# --- handing over


def test_handing_over_leaves_event_row_and_supporting_units(c):
    a = handed_over(
        c, supporting_units=[c.other_bureau], on_the_spot=True, responsible_leader=c.leader.person
    )
    assert (a.state, a.round, a.dispatches, a.due_on) == ("ASSIGNED", 1, 1, date(2026, 12, 3))
    assert (a.next_name, a.next_due_on) == ("签收", date(2026, 11, 25))
    assert list(a.supporting_units.all()) == [c.other_bureau]
    assert str(history(a)[0]) == "交办给安川市金融工作局，责任人陆川平，办理时限2026-12-03"
    assert a.number == f"JB2026-{a.pk:06d}"
    assert str(a) == "协调贷款"


def test_the_leader_hands_over_too_but_no_bureau(c):
    assert handed_over(c, by=c.leader).handed_over_by == c.leader
    for account in (c.handler, c.auditor, c.officer, c.administrator):
        with pytest.raises(Refused, match="只有临河区攻坚办或带队领导可以交办"):
            handed_over(c, by=account)


def test_a_county_hands_over_in_its_own_area_only(c):
    with pytest.raises(Refused, match="只有北岭区"):
        handed_over(c, by=c.county_clerk, area=c.other_county)


@pytest.mark.parametrize(
    ("given", "sentence", "field"),
    [
        ({"task": "  "}, "请写明交办任务", "task"),
        ({"due": None, "regime": None}, "请选一种时限制度，或填办理时限", "due"),
        ({"due": date(2026, 11, 23)}, "办理时限 2026-11-23 已经过去", "due"),
        ({"due": date(2033, 5, 1)}, "2033-05-01太远", "due"),
    ],
)
def test_bad_hand_overs_are_refused_at_their_field(c, given, sentence, field):
    with pytest.raises(Refused, match=sentence) as refusal:
        handed_over(c, **given)
    assert refusal.value.field == field
    assert not Assignment.objects.exists()


def test_a_unit_gone_gets_nothing_new(c):
    c.bureau.disabled_on = date(2026, 11, 24)
    with pytest.raises(Refused, match="安川市金融工作局已停用"):
        handed_over(c)
    c.bureau.disabled_on = date(2026, 11, 25)
    assert handed_over(c).lead_unit == c.bureau


def test_a_grade_of_a_fixed_date_needs_the_date(c):
    regime = signed()
    regime.grades = [
        {
            "key": "general",
            "name": "约定",
            "checkpoints": [
                {"key": "close", "name": "办结", "amount": 0, "span": "DATE", "met_by": "resolve"}
            ],
        }
    ]
    regime.save()
    with pytest.raises(Refused, match="或填办理时限"):
        handed_over(c, regime=regime)
    a = handed_over(c, regime=regime, due=date(2026, 12, 1))
    assert (a.due_on, a.next_due_on) == (date(2026, 12, 1), date(2026, 12, 1))


# --- objections


def test_an_objection_has_a_time_limit_counted_from_the_dispatch(c):
    a = handed_over(c)
    with pytest.raises(Refused, match="异议期限是1个工作日，已在2026-11-25截止"):
        do(c, a, "object_to", by=c.handler, at=moment("2026-11-26 08:00"))
    assert do(c, a, "object_to", by=c.handler, at=moment("2026-11-25 23:59")).state == "OBJECTED"


def test_without_a_regime_the_limit_is_one_working_day(c):
    a = handed_over(c, due=date(2026, 12, 20))
    assert do(c, a, "object_to", at=moment("2026-11-25")).objections == 1


def test_a_ruling_is_final_until_another_unit_gets_it(c):
    a = do(c, bring_to(c, State.OBJECTED), "overrule")
    assert "object_to" not in {m.verb for m in perms.moves_for(c.handler, a)}
    with pytest.raises(Refused, match="异议只能提一次"):
        do(c, a, "object_to", by=c.handler)
    a = do(c, a, "reassign", at=moment("2026-11-30"))
    assert (a.dispatches, a.objections, a.lead_unit) == (2, 0, c.other_bureau)
    a = do(c, a, "object_to", by=c.other_handler, at=moment("2026-12-01"))
    assert a.state == "OBJECTED"


# --- another unit


def test_reassigning_keeps_the_promised_dates(c):
    a = bring_to(c, State.IN_PROGRESS)
    due = a.due_on
    a = do(c, a, "reassign", at=moment("2026-11-30"))
    assert (a.due_on, a.responsible_person, a.state) == (due, c.other_director, "ASSIGNED")
    with pytest.raises(Refused, match="您的账号不在其中"):
        do(c, a, "accept", by=c.handler)


def test_reassigning_with_a_new_date(c):
    a = do(c, bring_to(c, State.IN_PROGRESS), "reassign", due=date(2026, 12, 31))
    assert a.due_on == date(2026, 12, 31)


def test_reassigning_to_the_same_or_a_gone_unit_is_refused(c):
    a = handed_over(c)
    with pytest.raises(Refused, match="已经是牵头单位") as refusal:
        do(c, a, "reassign", lead_unit=c.bureau)
    assert refusal.value.field == "lead_unit"
    c.other_bureau.disabled_on = date(2026, 1, 1)
    with pytest.raises(Refused, match="已停用"):
        do(c, a, "reassign")


# --- more time


def test_a_wish_for_more_time(c):
    a = bring_to(c, State.IN_PROGRESS)
    assert {"ask_extension"} == {m.verb for m in perms.moves_for(c.handler, a)} & (WISHED | {"ask_extension"})
    a = do(c, a, "ask_extension", until=date(2026, 12, 10), by=c.handler)
    assert (a.extension_until, a.due_on) == (date(2026, 12, 10), date(2026, 12, 3))
    assert {m.verb for m in perms.moves_for(c.leader, a)} >= WISHED
    with pytest.raises(Refused, match="正在等待批复"):
        do(c, a, "ask_extension", until=date(2026, 12, 11))
    a = do(c, a, "grant_extension", by=c.leader)
    assert (a.extension_until, a.due_on) == (None, date(2026, 12, 10))


def test_a_wish_refused_leaves_the_date(c):
    a = do(c, bring_to(c, State.IN_PROGRESS), "ask_extension", until=date(2026, 12, 10))
    a = services.refuse_extension(a, reason="工期已留足", by=c.leader, at=AT)
    assert (a.extension_until, a.due_on) == (None, date(2026, 12, 3))
    assert history(a)[-1].data["reason"] == "工期已留足"


@pytest.mark.parametrize(
    ("until", "at", "sentence"),
    [
        (date(2026, 12, 3), "2026-11-25", "要晚于现在的办理时限 2026-12-03"),
        (date(2031, 1, 1), "2026-11-25", "2031-01-01太远"),
        (date(2026, 12, 10), "2026-12-03", "至少一个工作日提出"),
    ],
)
def test_wishes_that_cannot_be(c, until, at, sentence):
    a = bring_to(c, State.IN_PROGRESS)
    with pytest.raises(Refused, match=sentence):
        do(c, a, "ask_extension", until=until, at=moment(at))


def test_nobody_decides_on_a_wish_that_is_not_there(c):
    a = bring_to(c, State.IN_PROGRESS)
    for verb in WISHED:
        with pytest.raises(Refused, match="没有待批的延期申请"):
            do(c, a, verb)


def test_an_extension_never_shortens(c):
    """Asked for, then held so long that the time limit has passed the day asked for."""
    a = do(c, bring_to(c, State.IN_PROGRESS), "ask_extension", until=date(2026, 12, 4))
    a = do(c, do(c, a, "hold"), "resume", at=moment("2026-12-04"))
    assert a.due_on > date(2026, 12, 4)
    with pytest.raises(Refused, match="请选“不予延期”"):
        do(c, a, "grant_extension")


# --- on hold, resolved, once more


def test_going_on_shifts_by_the_working_days_on_hold(c):
    a = do(c, bring_to(c, State.ON_HOLD), "resume", at=moment("2026-12-01"))
    assert a.due_on == date(2026, 12, 10)  # five working days later
    assert history(a)[-1].data["working_days"] == 5


def test_held_before_it_was_signed_for_it_is_not_overdue_for_ever(c):
    a = do(c, handed_over(c), "hold")
    a = do(c, a, "resume", at=moment("2026-11-26"))
    assert (a.state, a.next_name, a.next_due_on) == ("ASSIGNED", "签收", date(2026, 11, 27))
    assert do(c, a, "accept", at=moment("2026-11-27")).next_name == "反馈"


def test_a_report_meets_the_next_report_only(c):
    a = do(c, bring_to(c, State.IN_PROGRESS), "report")
    assert (a.next_name, a.state) == ("办结", "IN_PROGRESS")
    assert do(c, a, "report").next_name == "办结"


def test_a_lower_office_that_owes_does_not_check_itself(c):
    c.county_clerk.unit = c.bureau
    c.county_clerk.save()
    a = handed_over(c, area=c.other_county)
    a = do(c, do(c, a, "accept", by=c.county_clerk), "resolve", by=c.county_clerk)
    assert perms.parties(c.county_clerk, a) == {Party.HANDLER}
    assert not perms.can_move(c.county_clerk, a, "pass_check")


def test_resolved_keeps_outcome_and_day_and_returning_takes_them_back(c):
    a = bring_to(c, State.RESOLVED)
    assert (a.outcome, a.resolved_on) == ("SOLVED", AT.date())
    assert "办结（已解决）：贷款已到位" in [str(e) for e in history(a)]
    a = do(c, a, "return_")
    assert (a.outcome, a.resolved_on) == ("", None)


def test_an_outcome_that_is_none_is_an_error(c):
    with pytest.raises(ValueError, match="MAYBE"):
        do(c, bring_to(c, State.IN_PROGRESS), "resolve", outcome="MAYBE")


def test_a_new_round_counts_anew(c):
    a = do(c, bring_to(c, State.CLOSED), "reopen", at=moment("2026-12-07"))
    assert (a.round, a.state, a.closed_on, a.outcome) == (2, "IN_PROGRESS", None, "")
    assert (a.due_on, a.next_name) == (date(2026, 12, 16), "反馈")


def test_a_new_round_without_a_rule_takes_as_long_as_the_first(c):
    a = do(c, bring_to(c, State.CHECKED, due=date(2026, 11, 27)), "reopen", at=moment("2026-12-07"))
    assert a.due_on == date(2026, 12, 10)
    with pytest.raises(Refused, match="已经过去"):
        do(c, do(c, a, "resolve"), "reopen", due=date(2026, 11, 1))


def test_the_system_reopens_even_when_the_unit_is_gone(c):
    a = bring_to(c, State.CLOSED)
    c.bureau.disabled_on = date(2026, 11, 1)
    c.bureau.save()
    a = services.reopen(a, reason="企业不满意", by=None, at=AT + timedelta(days=1))
    assert a.state == "IN_PROGRESS"
    assert history(a)[-1].by_name == "系统"


def test_two_at_once_the_second_is_told(c):
    first = handed_over(c)
    second = Assignment.objects.get(pk=first.pk)
    do(c, first, "accept")
    with pytest.raises(Refused, match="现在是“办理中”，不能签收。请刷新页面"):
        do(c, second, "accept", by=c.handler)


def test_an_assignment_without_events_is_a_fault_of_the_house(c):
    a = handed_over(c)
    orphan = Assignment(pk=a.pk + 1)
    with pytest.raises(RuntimeError, match="has no events"):
        snapshot_of(orphan)
