"""What the office does for a unit (代办): with a reason, marked everywhere, barred where the unit has an account."""

from datetime import date

import pytest

from gongjian.assignments import perms
from gongjian.assignments import services as s
from gongjian.assignments.models import Assignment
from gongjian.assignments.projection import columns
from gongjian.assignments.queries import history, proxies_in_words, snapshot_of
from gongjian.assignments.states import State
from gongjian.audit import Refused
from gongjian.people.models import Account
from tests.assignments.doing import AT, bring_to, do, handed_over, moment, signed

UNIT_MOVES = {
    "accept": (State.ASSIGNED, "代签收"),
    "object_to": (State.ASSIGNED, "代提异议"),
    "report": (State.IN_PROGRESS, "代反馈"),
    "ask_extension": (State.IN_PROGRESS, "代申请延期"),
    "resolve": (State.IN_PROGRESS, "代办结"),
}
SUPPORT_MOVES = {
    "accept_support": {},
    "reply_support": {"text": "同意"},
    "return_support": {"reason": "没有说清"},
}
ON_PAPER = "单位没有账号，纸质签收"


def close_accounts(c):
    Account.objects.filter(unit__in=[c.bureau, c.other_bureau]).update(is_active=False)


@pytest.mark.parametrize("verb", UNIT_MOVES)
def test_barred_while_the_unit_has_an_account_and_possible_with_a_reason_once_it_has_none(c, verb):
    state, words = UNIT_MOVES[verb]
    a = bring_to(c, state)
    before = len(history(a))
    with pytest.raises(Refused, match="市金融局有自己的账号"):
        do(c, a, verb, by=c.clerk, proxy_reason=ON_PAPER)
    assert verb not in {move.verb for move in perms.moves_for(c.clerk, a)}
    close_accounts(c)
    for blank in ("", "  "):
        with pytest.raises(Refused, match="要写明理由") as refused:
            do(c, a, verb, by=c.clerk, proxy_reason=blank)
        assert refused.value.field == "proxy_reason"
    assert len(history(a)) == before
    a = do(c, a, verb, by=c.clerk, proxy_reason=ON_PAPER)
    assert history(a)[-1].data["proxy"] == ON_PAPER
    assert "代" in str(history(a)[-1])
    assert ON_PAPER in str(history(a)[-1])
    assert proxies_in_words(a.proxies) == words
    row = Assignment.objects.get(pk=a.pk)
    assert {name: getattr(row, name) for name in columns(snapshot_of(row))} == columns(snapshot_of(row))


@pytest.mark.parametrize("verb", UNIT_MOVES)
def test_the_regime_may_allow_it_and_the_unit_itself_is_never_marked(c, verb):
    regime = signed()
    regime.proxy_allowed = True
    regime.save()
    state, _words = UNIT_MOVES[verb]
    by_office = bring_to(c, state, regime=regime)
    assert do(c, by_office, verb, by=c.county_clerk, proxy_reason=ON_PAPER).proxies == verb
    by_unit = do(c, bring_to(c, state, regime=regime), verb, proxy_reason="不必写")
    assert by_unit.proxies == ""
    assert "proxy" not in history(by_unit)[-1].data


@pytest.mark.parametrize("verb", SUPPORT_MOVES)
def test_the_same_holds_for_supporting_units(c, verb):
    a = do(c, handed_over(c, supporting_units=[c.other_bureau]), "accept")
    if verb == "return_support":
        s.reply_support(a, unit=c.other_bureau, text="知道了", by=c.other_handler, at=AT)
    given = {"unit": c.other_bureau, "by": c.clerk, "at": AT} | SUPPORT_MOVES[verb]
    with pytest.raises(Refused, match="有自己的账号"):
        getattr(s, verb)(a, **given, proxy_reason=ON_PAPER)
    close_accounts(c)
    with pytest.raises(Refused, match="要写明理由"):
        getattr(s, verb)(a, **given)
    getattr(s, verb)(a, **given, proxy_reason=ON_PAPER)
    assert ON_PAPER in str(history(a)[-1])
    marked = a.supports.get().proxies
    assert marked == {"accept_support": verb, "reply_support": "accept_support,reply_support"}.get(verb, "")
    assert snapshot_of(a).supports[0].proxies == tuple(filter(None, marked.split(",")))


def test_the_matter_of_the_office_itself_is_no_proxy(c):
    a = handed_over(c, lead_unit=c.office)
    a = do(c, a, "accept", by=c.clerk)
    assert (a.state, a.proxies) == ("IN_PROGRESS", "")


def test_leaders_and_strangers_do_not_act_for_a_unit(c):
    close_accounts(c)
    for who in (c.leader, c.other_handler, c.auditor, c.administrator):
        with pytest.raises(Refused, match="您的账号不在其中"):
            do(c, handed_over(c), "accept", by=who, proxy_reason=ON_PAPER)


def test_a_result_sent_back_a_new_round_and_another_unit_begin_unmarked(c):
    close_accounts(c)
    a = handed_over(c)
    for verb in ("accept", "resolve"):
        a = do(c, a, verb, by=c.clerk, proxy_reason=ON_PAPER)
    assert a.proxies == "accept,resolve"
    assert do(c, a, "return_").proxies == "accept"
    a = do(c, do(c, a, "resolve", by=c.clerk, proxy_reason=ON_PAPER), "reopen")
    assert a.proxies == "accept"
    a = do(c, a, "reassign")
    assert (a.proxies, a.signed_on) == ("", None)


def test_a_hold_is_no_way_round_the_signature(c):
    a = do(c, handed_over(c), "hold")
    a = do(c, a, "resume", at=moment("2026-11-26"))
    assert (a.state, a.signed_on, a.sign_due_on) == ("ASSIGNED", None, date(2026, 11, 27))
    with pytest.raises(Refused, match="有自己的账号"):
        do(c, a, "accept", by=c.clerk, proxy_reason=ON_PAPER)


def test_a_hold_of_a_signed_matter_goes_on_as_before(c):
    a = do(c, do(c, handed_over(c), "accept"), "hold")
    a = do(c, a, "resume", at=moment("2026-11-26"))
    assert (a.state, a.signed_on) == ("IN_PROGRESS", AT.date())
