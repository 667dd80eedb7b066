"""Writing figures: what is new supersedes what stood, what is odd becomes a question, what may not be written is told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.creating_together import create_together
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.engines.workdays.calendar import add_months
from gongjian.enterprises.facts.rules import JumpQuestion, KnownValue
from gongjian.indicators import perms
from gongjian.indicators.events import IndicatorEvent
from gongjian.indicators.figures.states import Unwritten
from gongjian.indicators.models import Figure, FigureBatch, FigureQuestion, Indicator, MonthlyReturn
from gongjian.indicators.reading.cells import Cell, Fault
from gongjian.indicators.reading.rules import Progress, tell_nobody
from gongjian.indicators.rules import is_expected, outlier, question_about
from gongjian.indicators.states import Answer, BatchState, Column, ReturnState, Via
from gongjian.people.models import Account, Area
from gongjian.people.queries import subtree

YEARS_BACK = 2
TOGETHER = 2000  # rows of one statement
Key = tuple[int, int, date, str]
OUTLIER = "OUTLIER"
CLOSED = {ReturnState.HANDED_UP: Unwritten.HANDED_UP, ReturnState.APPROVED: Unwritten.LOCKED}


@dataclass
class _Known:
    """What is known before figures are written: what stands, what was asked, what is locked."""

    indicators: dict[int, Indicator]
    areas: dict[int, Area]
    standing: dict[Key, tuple[int, Decimal]]
    history: dict[tuple[int, int], list[KnownValue]]
    asked: set[tuple[Key, Decimal]]
    closed: dict[tuple[int, date, str], str]
    others: dict[tuple[int, date, str], list[Decimal]]


@dataclass
class _Outcome:
    """What becomes of the figures of a batch."""

    write: list[Cell] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    ask: list[tuple[Cell, str, KnownValue | None]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def enter_figures(
    cells: Sequence[Cell],
    *,
    faults: Sequence[Fault] = (),
    via: Via | str,
    file_name: str = "",
    into: FigureBatch | None = None,
    tell: Progress = tell_nobody,
    by: Account,
    at: datetime,
) -> FigureBatch:
    """Write figures that came in together (录入数据); returns the batch, which tells what was written, asked and refused.

    `into` is the batch of a large sheet that was received before; `tell` is told how far it is.
    """
    area = perms.area_entered(by)
    if not cells and not faults:
        raise Refused(_("没有读到数据。请填写数值，或粘贴带表头的表格。"), field="text")
    month = timezone.localdate(at).replace(day=1)
    found = _sorted_out(cells, _known_to(cells, by), month=month, tell=tell)
    batch = into or FigureBatch(via=via, file_name=file_name[:120], area=area, recorded_by=by)
    _tell_batch(batch, found, [*faults, *found.faults], at)
    _write(batch, found.write, found.superseded, tell=tell)
    _ask(batch, found.ask)
    record(
        IndicatorEvent.ENTERED,
        subject=batch,
        by=by,
        at=at,
        via=source_word(Via(batch.via).label),
        written=batch.written,
        asked=batch.asked,
        faults=len(batch.faults),
    )
    return batch


def _tell_batch(batch: FigureBatch, found: _Outcome, faults: Iterable[Fault], at: datetime) -> None:
    """Save what becomes of the figures of a batch."""
    batch.written, batch.unchanged, batch.asked = len(found.write), found.unchanged, len(found.ask)
    batch.faults = [[f.place.sheet, f.place.row, f.place.column, str(f.why), f.shown] for f in faults]
    batch.state, batch.recorded_at = BatchState.DONE, at
    batch.save()


def _known_to(cells: Iterable[Cell], by: Account) -> _Known:
    of = {cell.indicator for cell in cells}
    months = {cell.month for cell in cells}
    areas = {area.pk: area for area in subtree(by.writes_area)} if by.writes_area else {}
    known = _Known(Indicator.objects.in_bulk(), areas, {}, defaultdict(list), set(), {}, defaultdict(list))
    if not months:
        return known
    since, until = add_months(min(months), -12 * YEARS_BACK), max(months)
    rows = Figure.objects.filter(
        indicator__in=of, month__gte=since, month__lte=until, superseded_at__isnull=True
    )
    mine = {cell.area for cell in cells} & areas.keys()
    for pk, indicator, area, month, column, value in rows.values_list(
        "pk", "indicator", "area", "month", "column", "value"
    ).iterator():
        known.others[(indicator, month, column)].append(value)
        if area in mine:
            known.standing[(indicator, area, month, column)] = (pk, value)
            known.history[(indicator, area)].append(KnownValue(month, value, column))
    asked = FigureQuestion.objects.filter(indicator__in=of, month__gte=since, month__lte=until)
    for indicator, area, month, column, value in asked.exclude(answer=Answer.KEPT).values_list(
        "indicator", "area", "month", "column", "value"
    ):
        known.asked.add(((indicator, area, month, column), value))
    closed = MonthlyReturn.objects.filter(month__in=months, state__in=CLOSED)
    for area, month, column, state in closed.values_list("area", "month", "column", "state"):
        known.closed[(area, month, column)] = state
    return known


def _sorted_out(cells: Sequence[Cell], known: _Known, *, month: date, tell: Progress) -> _Outcome:
    """Each figure: unchanged, written, a question, or not written with the reason."""
    found, taken = _Outcome(), dict[Key, Decimal]()
    ordered = sorted(cells, key=lambda each: (each.month, each.place.sheet, each.place.row))
    for number, cell in enumerate(ordered):
        if number % TOGETHER == 0:
            tell(number, 2 * len(cells))
        key = (cell.indicator, cell.area, cell.month, cell.column)
        if key in taken:
            if taken[key] != cell.value:
                found.faults.append(Fault(cell.place, Unwritten.TWICE, f"{cell.value.normalize():f}"))
            continue
        taken[key] = cell.value
        stands = known.standing.get(key)
        if (stands is not None and stands[1] == cell.value) or (key, cell.value) in known.asked:
            found.unchanged += 1
        elif why := _why_not(cell, known, month):
            found.faults.append(Fault(cell.place, why, f"{cell.value.normalize():f}"))
        elif odd := _odd(cell, known):
            found.ask.append((cell, *odd))
        else:
            found.write.append(cell)
            found.superseded += [stands[0]] if stands else []
            known.history[(cell.indicator, cell.area)].append(KnownValue(cell.month, cell.value, cell.column))
    return found


def _why_not(cell: Cell, known: _Known, month: date) -> str:
    """Why a figure may not be written; empty where it may."""
    one = known.indicators[cell.indicator]
    reasons = (
        (cell.area not in known.areas, Unwritten.NOT_YOURS),
        (one.derived, Unwritten.DERIVED),
        (one.disabled_on is not None and one.disabled_on <= cell.month, Unwritten.DISABLED),
        (not is_expected(cell.month, joined=one.joined), Unwritten.JANUARY),
        (cell.month > month, Unwritten.FUTURE),
    )
    if why := next((reason for holds, reason in reasons if holds), ""):
        return why
    closed = known.closed.get((cell.area, cell.month, cell.column))
    return CLOSED[ReturnState(closed)] if closed else ""


def _odd(cell: Cell, known: _Known) -> tuple[str, KnownValue | None] | None:
    """What is odd about a figure and what it was compared with; None where nothing is."""
    unit = known.indicators[cell.indicator].unit
    history = known.history[(cell.indicator, cell.area)]
    question: JumpQuestion | None = question_about(
        cell.value, history, period=cell.month, column=cell.column, unit=unit
    )
    if question is not None:
        return question.jump, question.known
    if not history:
        middle = outlier(cell.value, known.others[(cell.indicator, cell.month, cell.column)])
        if middle is not None:
            return OUTLIER, KnownValue(cell.month, middle)
    return None


def _write(
    batch: FigureBatch, cells: Sequence[Cell], superseded: Sequence[int], *, tell: Progress = tell_nobody
) -> None:
    for start in range(0, len(superseded), TOGETHER):
        Figure.objects.filter(pk__in=superseded[start : start + TOGETHER]).update(
            superseded_at=batch.recorded_at
        )
    for start in range(0, len(cells), TOGETHER):
        tell(len(cells) + start, 2 * len(cells))
        create_together(
            [
                Figure(**_said(cell), batch=batch, recorded_at=batch.recorded_at)
                for cell in cells[start : start + TOGETHER]
            ]
        )


def _ask(batch: FigureBatch, asked: Iterable[tuple[Cell, str, KnownValue | None]]) -> None:
    FigureQuestion.objects.bulk_create(
        FigureQuestion(
            **_said(cell),
            batch=batch,
            jump=str(jump),
            known_month=known.period if known else None,
            known_value=known.value if known else None,
        )
        for cell, jump, known in asked
    )


def _said(cell: Cell) -> dict[str, Any]:
    """What a cell says, as a row keeps it: of which figure, its value and where it stood."""
    place = cell.place
    return {
        "indicator_id": cell.indicator,
        "area_id": cell.area,
        "month": cell.month,
        "column": cell.column,
        "value": cell.value,
        "place": f"{place.sheet}!R{place.row}C{place.column}"[:60] if place.row else "",
    }


@transaction.atomic
def restate(figure: Figure, *, value: Decimal, reason: str, by: Account, at: datetime) -> Figure:
    """Correct a figure with its reason (更正), also one that is locked; the value before stays readable."""
    row = Figure.objects.select_for_update(of=("self",)).select_related("indicator", "area").get(pk=figure.pk)
    if row.superseded_at is not None:
        raise Refused(_("这个数据已经被更正过。请刷新页面，在最新的数值上更正。"))
    if _state_of(row) == ReturnState.APPROVED:
        perms.check_approve(by, row.area)
    else:
        perms.check_enter(by, row.area)
    reason = required_text(reason, _("请写更正理由，如“统计部门核减”。"), field="reason")
    if value == row.value:
        raise Refused(_("新数值和原来的一样，不用更正。"), field="value")
    batch = FigureBatch.objects.create(via=Via.FORM, area=row.area, written=1, recorded_by=by, recorded_at=at)
    row.superseded_at = at
    row.save(update_fields=["superseded_at"])
    newer = Figure.objects.create(**_of(row), value=value, reason=reason, batch=batch, recorded_at=at)
    record(
        IndicatorEvent.RESTATED,
        subject=newer,
        by=by,
        at=at,
        indicator=row.indicator.name,
        area=row.area.name,
        month=f"{row.month:%Y-%m}",
        column=source_word(Column(row.column).label),
        old=f"{row.value.normalize():f}",
        new=f"{value.normalize():f}",
        reason=reason,
    )
    return newer


def _of(row: Figure | FigureQuestion) -> dict[str, Any]:
    """Which figure a row is of."""
    return {"indicator": row.indicator, "area": row.area, "month": row.month, "column": row.column}


def _state_of(row: Figure) -> str:
    found = MonthlyReturn.objects.filter(area=row.area, month=row.month, column=row.column)
    return found.values_list("state", flat=True).first() or ReturnState.OPEN


@transaction.atomic
def answer_question(
    question: FigureQuestion, *, answer: Answer | str, note: str = "", by: Account, at: datetime
) -> FigureQuestion:
    """Say whether an odd figure is right (答复疑问): kept it is written, dropped it stays readable here."""
    row = (
        FigureQuestion.objects.select_for_update(of=("self",))
        .select_related("indicator", "area", "batch")
        .get(pk=question.pk)
    )
    perms.check_enter(by, row.area)
    if row.answer != Answer.OPEN:
        raise Refused(_("这个疑问已经答复过。请刷新页面。"))
    answer = Answer(answer)
    if answer == Answer.OPEN:
        raise Refused(_("请选择“属实，采用”或“有误，不用”。"), field="answer")
    if answer == Answer.KEPT:
        note = required_text(note, _("请写明为什么属实，如“新企业投产”。"), field="note")
        _keep(row, note=note, by=by, at=at)
    row.answer, row.note, row.answered_by, row.answered_at = answer, note.strip(), by, at
    row.save(update_fields=["answer", "note", "answered_by", "answered_at"])
    record(
        IndicatorEvent.ANSWERED,
        subject=row,
        by=by,
        at=at,
        indicator=row.indicator.name,
        area=row.area.name,
        month=f"{row.month:%Y-%m}",
        value=f"{row.value.normalize():f}",
        answer=source_word(answer.label),
        note=row.note,
    )
    return row


def _keep(row: FigureQuestion, *, note: str, by: Account, at: datetime) -> None:
    """Write the figure a question was about, unless its month was closed meanwhile."""
    closed = MonthlyReturn.objects.filter(area=row.area, month=row.month, column=row.column)
    if closed.filter(state__in=CLOSED).exists():
        raise Refused(_("这个月的月报已经上报。请上级退回后再答复，或在数据页更正。"))
    batch = FigureBatch.objects.create(
        via=row.batch.via,
        file_name=row.batch.file_name,
        area=row.area,
        written=1,
        recorded_by=by,
        recorded_at=at,
    )
    Figure.objects.filter(**_of(row), superseded_at=None).update(superseded_at=at)
    Figure.objects.create(
        **_of(row),
        value=row.value,
        place=row.place,
        reason=note,
        batch=batch,
        recorded_at=at,
    )
