"""Rounds of the confidence survey: opening, taking an answer that cannot be joined to its firm, closing."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.enterprises.models import Enterprise
from gongjian.indicators import perms
from gongjian.indicators.confidence import sealing
from gongjian.indicators.confidence.groups import ALL, Group, Groups, firms_asked, groups_of
from gongjian.indicators.confidence.rules import (
    Paper,
    Tally,
    added,
    first_day,
    group_code,
    least,
    quarter_name,
    split_shown,
    tenths,
)
from gongjian.indicators.events import IndicatorEvent
from gongjian.indicators.models import ConfidenceResult, ConfidenceSurvey, SealedAnswerer
from gongjian.indicators.states import GroupKind
from gongjian.people.models import Account

Said = tuple[Enterprise, int, int]  # a firm, how its business is, how it will be


@transaction.atomic
def open_survey(*, quarter: date, until: date, by: Account, at: datetime) -> ConfidenceSurvey:
    """Open the round of a quarter (发起调查): every firm in business may answer until a day."""
    perms.check_run_surveys(by)
    quarter, area = first_day(quarter), by.writes_area
    if until < timezone.localtime(at).date():
        raise Refused(_("截止日期已经过去。请选今天或以后的一天。"), field="until")
    rounds = ConfidenceSurvey.objects.filter(area=area)
    if rounds.filter(closed_at=None).exists():
        raise Refused(_("上一次调查还没有结束。请先结束它，再发起新的。"))
    if rounds.filter(quarter=quarter).exists():
        raise Refused(_("这个季度已经调查过。请选另一个季度。"), field="quarter")
    asked = groups_of(area)[1] if area else Counter[Group]()
    if asked[ALL] < least():
        raise Refused(_("正常经营的企业不足 %(n)s 家，结果无法匿名，不能调查。") % {"n": least()})
    survey = ConfidenceSurvey(
        area=area, quarter=quarter, until=until, opened_by=by, opened_at=at, asked=asked[ALL]
    )
    survey.save()
    survey.key_check = sealing.key_check(survey)
    survey.save(update_fields=["key_check"])
    told = {"quarter": quarter_name(quarter), "until": until.isoformat(), "asked": survey.asked}
    record(IndicatorEvent.SURVEY_OPENED, subject=survey, by=by, at=at, **told)
    return survey


@transaction.atomic
def answer(
    survey: ConfidenceSurvey,
    *,
    enterprise: Enterprise,
    now: int,
    expected: int,
    by: Account | None,
    at: datetime,
) -> None:
    """Take a firm's answer (作答). It leaves no event, no time and no name: see docs/decisions."""
    perms.check_answer(by, enterprise)
    take_answers(survey, [(enterprise, now, expected)], at=at)


@transaction.atomic
def take_answers(survey: ConfidenceSurvey, said: Iterable[Said], *, at: datetime) -> None:
    """Take the answers of several firms; all of them or none."""
    survey = ConfidenceSurvey.objects.select_for_update().get(pk=survey.pk)
    said = list(said)
    _check_open(survey, at)
    _check_firms(survey, said)
    groups = Groups(survey.area)
    papers = [_paper(groups, firm, now, expected) for firm, now, expected in said]
    sealing.put_in(survey, papers, [firm.pk for firm, _now, _expected in said])


def _paper(groups: Groups, firm: Enterprise, now: int, expected: int) -> Paper:
    _all, sector, area = groups.of(firm.industry, firm.area.path)
    codes = [group_code(group.kind, group.name) for group in (sector, area)]
    return Paper(int(now), int(expected), *codes)


def _check_open(survey: ConfidenceSurvey, at: datetime) -> None:
    if survey.closed_at is not None or timezone.localtime(at).date() > survey.until:
        raise Refused(_("这次调查已经截止，谢谢。下一次再请您参加。"))
    if survey.key_check != sealing.key_check(survey):
        raise Refused(_("本系统的密钥换过，这一次调查不能再收回答。请市攻坚办结束它，另行发起。"))


def _check_firms(survey: ConfidenceSurvey, said: list[Said]) -> None:
    keys = {firm.pk for firm, _now, _expected in said}
    if firms_asked(survey.area).filter(pk__in=keys).count() < len(keys):
        raise Refused(_("信心调查只问正常经营的企业。登记的经营状态不对时，请联系攻坚办更正。"))
    marks = [sealing.seal_firm(survey, firm.pk) for firm, _now, _expected in said]
    again = SealedAnswerer.objects.filter(survey=survey, mark__in=marks).exists()
    if again or len(set(marks)) < len(marks):
        raise Refused(_("贵企业已经作答。回答是匿名的，查不出哪一份是您的，所以不能修改。"))


@transaction.atomic
def close_survey(survey: ConfidenceSurvey, *, by: Account, at: datetime) -> ConfidenceSurvey:
    """Close a round (结束调查): keep the results of groups that are large enough, destroy everything else."""
    perms.check_run_surveys(by)
    survey = ConfidenceSurvey.objects.select_for_update().select_related("area").get(pk=survey.pk)
    if survey.closed_at is not None:
        raise Refused(_("这次调查已经结束。"))
    asked = groups_of(survey.area)[1]
    survey.answered = SealedAnswerer.objects.filter(survey=survey).count()
    survey.closed_at, survey.asked = at, max(asked[ALL], survey.answered)
    survey.save()
    found = {group: _of(tally, asked[group]) for group, tally in sealing.open_papers(survey, asked).items()}
    _keep(survey, found)
    sealing.destroy(survey)
    told = {"quarter": quarter_name(survey.quarter), "asked": survey.asked, "answered": survey.answered}
    record(IndicatorEvent.SURVEY_CLOSED, subject=survey, by=by, at=at, **told)
    return survey


def _of(tally: Tally, asked: int) -> Tally:
    return Tally(tally.counts, max(asked, tally.answered))


def _keep(survey: ConfidenceSurvey, found: dict[Group, Tally]) -> None:
    """Write the results that may be shown; the small groups of a kind stand together in one row, if it is large enough."""
    whole = found.get(ALL, Tally({}))
    if whole.answered < least():
        return
    rows = [(ALL, whole)]
    for kind in (GroupKind.SECTOR, GroupKind.AREA):
        own = {group.name: tally for group, tally in found.items() if group.kind == kind}
        own[""] = whole.less(
            own.values()
        )  # of firms whose sector or area has changed since the round was opened
        shown, left_out = split_shown(own)
        rows += [(Group(kind, name), own[name]) for name in shown]
        together = added(own[name] for name in left_out)
        if shown and together.answered:
            rows.append((Group(kind), together))
    ConfidenceResult.objects.bulk_create(_row(survey, group, tally) for group, tally in rows)


def _row(survey: ConfidenceSurvey, group: Group, tally: Tally) -> ConfidenceResult:
    low, high = tally.interval() or (None, None)
    now, expected = (tally.part(question).index for question in (0, 1))
    found = {"index": tally.index, "now_index": now, "expected_index": expected, "low": low, "high": high}
    values: dict[str, Any] = {name: tenths(value) for name, value in found.items()}
    numbers = {"asked": tally.asked, "answered": tally.answered}
    return ConfidenceResult(survey=survey, kind=group.kind, name=group.name, **numbers, **values)
