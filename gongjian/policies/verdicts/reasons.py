"""The reasons behind a verdict (为什么): the engine's explanation of one firm turned into the sentences a page shows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.audit.wording import day_in_text, day_in_words, in_chinese
from gongjian.engines import policy
from gongjian.enterprises.facts.wording import amount_in_words, scaled
from gongjian.policies.models import PolicyVersion
from gongjian.policies.states import Grade
from gongjian.policies.verdicts.answers import ClauseLine, ConditionLine, FirmVerdict, NearLine
from gongjian.policies.verdicts.results_in_memory import can_be_acted_on
from gongjian.policies.verdicts.wording import fact_name, number_in_words, period_in_words, yuan_in_words
from gongjian.policies.vocabulary import ELECTRICITY, GAS
from gongjian.policies.wording import REASON_MESSAGES


def firm_verdict(explanation: policy.Explanation, version: PolicyVersion, *, on: date) -> FirmVerdict:
    """The verdict of one rule on one firm, in the words of the page."""
    near = _near_lines(explanation, on)
    grade = Grade.NEAR if near else Grade(explanation.verdict.value)
    return FirmVerdict(
        policy=version.policy,
        version=version,
        on=on,
        grade=grade,
        clauses=tuple(_clause(clause_answer) for clause_answer in explanation.clauses),
        certain=explanation.certain,
        possible=explanation.possible,
        missing=explanation.missing,
        near=near,
        last_day=explanation.last_day,
        explain=explanation.policy.explain,
    )


def reasons(verdict: FirmVerdict) -> tuple[str, ...]:
    """The reasons why a firm is paid: each clause it meets, with what it has."""
    sentences = []
    for clause in verdict.clauses:
        have = next((c.have for c in clause.conditions if c.have and c.verdict == "MEETS"), "")
        need = next((c.need for c in clause.conditions if c.have and c.verdict == "MEETS"), "")
        words = _(REASON_MESSAGES["met"]) if have and need else "%(clause)s"
        sentences.append(words % {"clause": clause.name, "have": have, "need": need})
    return tuple(sentences)


def _clause(clause_answer: policy.ClauseAnswer) -> ClauseLine:
    lines = tuple(_condition(condition) for condition in clause_answer.conditions if condition.matters)
    return ClauseLine(
        clause_answer.clause.key,
        clause_answer.clause.name,
        clause_answer.clause.reference,
        clause_answer.verdict.value,
        lines,
    )


def _condition(answer: policy.ConditionAnswer) -> ConditionLine:
    short = ""
    if answer.distance is not None:
        words = _("还差%(gap)s") if answer.missing else _("差%(gap)s")
        short = words % {"gap": _value_in_words(answer.distance, answer.unit)}
    return ConditionLine(
        text=answer.text,
        verdict=answer.verdict.value,
        have=_value_in_words(answer.value, answer.unit),
        need=_value_in_words(answer.threshold, answer.unit),
        short=short,
        missing=answer.missing,
    )


def _value_in_words(value: Decimal | date | None, unit: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day_in_words(value)
    return f"{number_in_words(value)}{unit}" if in_chinese() else amount_in_words(value, unit)


def _near_lines(explanation: policy.Explanation, on: date) -> tuple[NearLine, ...]:
    """What the firm would have to change, one sentence each; the last one says what it brings and until when."""
    if not can_be_acted_on(explanation):
        return ()
    gain = explanation.near[0].gain
    lines = [
        NearLine(
            _sentence(near_miss, on),
            None,
            near_miss.column,
            near_miss.have,
            near_miss.need,
            near_miss.gap,
            near_miss.unit,
        )
        for near_miss in explanation.near
    ]
    last = lines[-1]
    return (
        *lines[:-1],
        replace(
            last, sentence=f"{last.sentence}{_gain_and_deadline(explanation, gain, on)}", gain=gain or None
        ),
    )


def _gain_and_deadline(explanation: policy.Explanation, gain: Decimal, on: date) -> str:
    """What the change brings and until when; once every period is over, only a wrong figure can still be corrected."""
    ends = [_end_of_period(near_miss) for near_miss in explanation.near]
    if ends and all(end is not None and end < on for end in ends):
        words = _("，差这一点没有得到%(gain)s") % {"gain": yuan_in_words(gain)} if gain else ""
        if explanation.last_day is not None and explanation.last_day >= on:
            return words + _("；数据有误的，%(day)s前可以更正") % {
                "day": day_in_text(explanation.last_day, on)
            }
        return words
    return (_("，可得%(gain)s") % {"gain": yuan_in_words(gain)} if gain else "") + _last_day_in_words(
        explanation, on
    )


def _last_day_in_words(explanation: policy.Explanation, on: date) -> str:
    """The last day on which a change still helps: that of the policy, or the end of a period still running."""
    ends = [
        end for near_miss in explanation.near if (end := _end_of_period(near_miss)) is not None and end >= on
    ]
    days = [day for day in (explanation.last_day, *ends) if day is not None]
    if not days:
        return ""
    last = min(days)
    if last < on:
        return _("（已于%(day)s截止）") % {"day": day_in_text(last, on)}
    return _("，最迟%(day)s") % {"day": day_in_text(last, on)}


def _end_of_period(near_miss: policy.NearMiss) -> date | None:
    period = policy.parse_period(near_miss.period) if near_miss.period else None
    return period.end if period is not None else None


def _sentence(near_miss: policy.NearMiss, on: date) -> str:
    """3月再用3.1万千瓦时电; for a period that is over, how much was lacking."""
    end = _end_of_period(near_miss)
    gap, unit = scaled(abs(near_miss.gap), near_miss.unit)
    facts = {
        "period": period_in_words(near_miss.period) if near_miss.period else "",
        "fact": fact_name(near_miss.fact),
        "unit": unit,
        "gap": number_in_words(gap),
    }
    if end is not None and end < on:
        sentence = (
            _("%(period)s%(fact)s少%(gap)s%(unit)s")
            if near_miss.gap > 0
            else _("%(period)s%(fact)s多%(gap)s%(unit)s")
        )
        return sentence % facts
    if near_miss.fact == ELECTRICITY and near_miss.gap > 0:
        return _("%(period)s再用%(gap)s%(unit)s电") % facts
    if near_miss.fact == GAS and near_miss.gap > 0:
        return _("%(period)s再用%(gap)s%(unit)s气") % facts
    sentence = (
        _("%(period)s%(fact)s再增加%(gap)s%(unit)s")
        if near_miss.gap > 0
        else _("%(period)s%(fact)s再减少%(gap)s%(unit)s")
    )
    return sentence % facts
