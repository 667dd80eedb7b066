"""From what the engine says of one firm to what a page shows: sentences, words, verdicts (为什么)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.engines import policy
from gongjian.policies.models import PolicyVersion
from gongjian.policies.states import Grade
from gongjian.policies.verdicts.answers import ClauseLine, ConditionLine, NearLine, Standing
from gongjian.policies.verdicts.fact_names import key_word, period_word
from gongjian.policies.verdicts.money_in_words import number_word, yuan_word
from gongjian.policies.verdicts.results_in_memory import actionable
from gongjian.policies.vocabulary import ELECTRICITY, GAS

AREA = "area"  # the clause the engine adds for a policy of one area


def standing(told: policy.Explanation, version: PolicyVersion, *, on: date) -> Standing:
    """One firm under one rule, in the words of the page."""
    near = _near(told, on)
    grade = Grade.NEAR if near else Grade(told.verdict.value)
    return Standing(
        policy=version.policy,
        version=version,
        on=on,
        grade=grade,
        clauses=tuple(_clause(one) for one in told.clauses),
        certain=told.certain,
        possible=told.possible,
        missing=told.missing,
        near=near,
        last_day=told.last_day,
        explain=told.policy.explain,
    )


def reasons(one: Standing) -> tuple[str, ...]:
    """Why a firm is paid: the clauses it meets, with what it has."""
    found = []
    for clause in one.clauses:
        have = next((c.have for c in clause.conditions if c.have and c.verdict == "MEETS"), "")
        need = next((c.need for c in clause.conditions if c.have and c.verdict == "MEETS"), "")
        words = _("%(clause)s（%(have)s，要求%(need)s）") if have and need else "%(clause)s"
        found.append(words % {"clause": clause.name, "have": have, "need": need})
    return tuple(found)


def _clause(told: policy.ClauseAnswer) -> ClauseLine:
    lines = tuple(_condition(one) for one in told.conditions if one.matters)
    return ClauseLine(
        told.clause.key,
        _("所在地区") if told.clause.key == AREA else told.clause.name,
        told.clause.reference,
        told.verdict.value,
        lines,
    )


def _condition(told: policy.ConditionAnswer) -> ConditionLine:
    short = ""
    if told.distance is not None:
        words = _("还差%(gap)s") if told.missing else _("差%(gap)s")
        short = words % {"gap": _said(told.distance, told.unit)}
    return ConditionLine(
        text=told.text,
        verdict=told.verdict.value,
        have=_said(told.value, told.unit),
        need=_said(told.threshold, told.unit),
        short=short,
        missing=told.missing,
    )


def _said(value: Decimal | date | None, unit: str) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else f"{number_word(value)}{unit}"


def _near(told: policy.Explanation, on: date) -> tuple[NearLine, ...]:
    """What to change, as sentences; the last carries what it brings and until when."""
    if not actionable(told):
        return ()
    gain = told.near[0].gain
    found = [
        NearLine(_sentence(one, on), None, one.column, one.have, one.need, one.gap, one.unit)
        for one in told.near
    ]
    last = found[-1]
    return (
        *found[:-1],
        replace(last, sentence=f"{last.sentence}{_tail(told, gain, on)}", gain=gain or None),
    )


def _tail(told: policy.Explanation, gain: Decimal, on: date) -> str:
    """What it brings and until when; where every period is over, only a wrong figure can still be put right."""
    ends = [_end(one) for one in told.near]
    if ends and all(end is not None and end < on for end in ends):
        words = _("，差这一点没有得到%(gain)s") % {"gain": yuan_word(gain)} if gain else ""
        if told.last_day is not None and told.last_day >= on:
            return words + _("；数据有误的，%(day)s前可以更正") % {"day": _day(told.last_day)}
        return words
    return (_("，可得%(gain)s") % {"gain": yuan_word(gain)} if gain else "") + _until(told, on)


def _until(told: policy.Explanation, on: date) -> str:
    """The last day that still helps: that of the policy, or the end of a period that still runs."""
    ends = [end for one in told.near if (end := _end(one)) is not None and end >= on]
    days = [day for day in (told.last_day, *ends) if day is not None]
    if not days:
        return ""
    last = min(days)
    if last < on:
        return _("（已于%(day)s截止）") % {"day": _day(last)}
    return _("，最迟%(day)s") % {"day": _day(last)}


def _day(day: date) -> str:
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}


def _end(near: policy.NearMiss) -> date | None:
    period = policy.parse_period(near.period) if near.period else None
    return period.end if period is not None else None


def _sentence(near: policy.NearMiss, on: date) -> str:
    """3月再用3.1万千瓦时电; for a period that is over it says how much was lacking."""
    end = _end(near)
    facts = {
        "period": period_word(near.period) if near.period else "",
        "fact": key_word(near.fact),
        "unit": near.unit,
        "gap": number_word(abs(near.gap)),
    }
    if end is not None and end < on:
        over = (
            _("%(period)s%(fact)s少%(gap)s%(unit)s")
            if near.gap > 0
            else _("%(period)s%(fact)s多%(gap)s%(unit)s")
        )
        return over % facts
    if near.fact == ELECTRICITY and near.gap > 0:
        return _("%(period)s再用%(gap)s%(unit)s电") % facts
    if near.fact == GAS and near.gap > 0:
        return _("%(period)s再用%(gap)s%(unit)s气") % facts
    more = (
        _("%(period)s%(fact)s再增加%(gap)s%(unit)s")
        if near.gap > 0
        else _("%(period)s%(fact)s再减少%(gap)s%(unit)s")
    )
    return more % facts
