"""Call-backs on a drawn sample (抽样回访). Anybody can repeat the draw; no handling unit enters results."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.assignments.states import State
from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record as record_event
from gongjian.audit.vocabulary import UNHAPPY_SAMPLE
from gongjian.audit.wording import source_word
from gongjian.people.models import Account, Area
from gongjian.people.queries import within
from gongjian.problems import perms
from gongjian.problems.closing_quality.rules import Rate
from gongjian.problems.dissatisfaction.services import handle_again
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import CallBack, CallBackDraw, FirmWord, Problem
from gongjian.problems.sample_call_backs.rules import MOST_CALLS, draw_sample, population_digest
from gongjian.problems.states import CallBackResult, Satisfaction, WordMethod


def population_of(area: Area, first: date, last: date) -> QuerySet[Problem]:
    """The problems a draw chooses from: those of the area closed between two days, both included."""
    return Problem.objects.filter(
        within(area),
        assignment__state=State.CLOSED,
        assignment__closed_on__gte=first,
        assignment__closed_on__lte=last,
    )


@transaction.atomic
def draw_call_backs(
    *, area: Area, first: date, last: date, size: int, seed: str, by: Account, at: datetime
) -> CallBackDraw:
    """Draw a sample of closed problems to call about (抽样).

    The population of the moment is stored with the draw.
    """
    perms.check_draw(by, area)
    seed = required_text(seed, _("请写明随机种子，如当天公布的开奖号码。"), field="seed")
    if first > last:
        raise Refused(_("起始日期不能晚于截止日期。"), field="first")
    if not 1 <= size <= MOST_CALLS:
        raise Refused(_("抽样数量请填 1 到 %(most)s。") % {"most": MOST_CALLS}, field="size")
    population = sorted(population_of(area, first, last).values_list("pk", flat=True))
    if not population:
        raise Refused(_("这段时间里没有已销号的问题，没有可抽的。请换一段时间。"), field="first")
    call_back_draw = CallBackDraw.objects.create(
        area=area,
        first=first,
        last=last,
        size=size,
        seed=seed.strip(),
        population=population,
        drawn_by=by,
        drawn_at=at,
    )
    drawn = draw_sample(population, size=size, seed=call_back_draw.seed)
    CallBack.objects.bulk_create(
        CallBack(draw=call_back_draw, problem_id=pk, position=n) for n, pk in enumerate(drawn, 1)
    )
    record_event(
        ProblemEvent.CALL_BACKS_DRAWN,
        subject=call_back_draw,
        by=by,
        at=at,
        area=area.name,
        first=first.isoformat(),
        last=last.isoformat(),
        population=len(population),
        size=len(drawn),
        seed=call_back_draw.seed,
        digest=population_digest(population),
    )
    return call_back_draw


def can_repeat_draw(call_back_draw: CallBackDraw) -> bool:
    """Whether drawing from the stored population with the stored seed gives the stored sample."""
    stored = list(call_back_draw.call_backs.order_by("position").values_list("problem", flat=True))
    again = draw_sample(call_back_draw.population, size=call_back_draw.size, seed=call_back_draw.seed)
    return again == stored


@transaction.atomic
def record_call_back(
    call: CallBack,
    *,
    result: CallBackResult | str,
    satisfaction: Satisfaction | str = "",
    said_by: str = "",
    note: str = "",
    by: Account,
    at: datetime,
) -> CallBack:
    """Record the result of a call (记录回访).

    What the firm says counts as its word; when dissatisfied, its problem is handled again.
    """
    call = (
        CallBack.objects.select_for_update(of=("self",))
        .select_related("draw__area", "problem__area", "problem__assignment")
        .get(pk=call.pk)
    )
    perms.check_call(by, call)
    changes = set_fields(call, {"result": CallBackResult(result), "note": note.strip()})
    call.called_by, call.called_at = by, at
    if call.result == CallBackResult.REACHED:
        call.word = _word(call, satisfaction=satisfaction, said_by=said_by, note=note.strip(), by=by, at=at)
    call.save()
    label = Satisfaction(call.word.satisfaction).label if call.word else CallBackResult(call.result).label
    result_in_words = source_word(label)
    record_event(
        ProblemEvent.CALLED_BACK,
        subject=call.problem,
        by=by,
        at=at,
        result=result_in_words,
        draw=call.draw_id,
        note=call.note,
        **changes,
    )
    return call


def _word(
    call: CallBack, *, satisfaction: Satisfaction | str, said_by: str, note: str, by: Account, at: datetime
) -> FirmWord:
    task = call.problem.assignment
    assert task is not None  # noqa: S101  only closed problems are drawn
    if satisfaction not in Satisfaction.values:
        raise Refused(_("请选企业的满意度。"), field="satisfaction")
    said_by = required_text(said_by, _("请填写企业评价人的姓名。"), field="said_by")
    if satisfaction == Satisfaction.DISSATISFIED:
        note = required_text(note, _("不满意请说明哪里没有解决，便于重新交办。"), field="note")
    word = FirmWord.objects.create(
        problem=call.problem,
        round=task.round,
        method=WordMethod.CALL_BACK,
        satisfaction=satisfaction,
        said_by=said_by,
        note=note,
        entered_by=by,
        at=at,
    )
    if satisfaction == Satisfaction.DISSATISFIED and task.state == State.CLOSED:
        handle_again(call.problem, reason=UNHAPPY_SAMPLE % {"note": note}, at=at)
    return word


def satisfaction_rate(call_back_draw: CallBackDraw) -> Rate:
    """How many of the firms reached are satisfied or basically satisfied. Firms not reached are left out."""
    answers = [
        call.word.satisfaction
        for call in call_back_draw.call_backs.select_related("word")
        if call.result == CallBackResult.REACHED and call.word
    ]
    satisfied = sum(answer in (Satisfaction.SATISFIED, Satisfaction.BASICALLY) for answer in answers)
    return Rate(satisfied, len(answers))
