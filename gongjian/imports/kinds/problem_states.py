"""How far a row of a problem ledger says a problem has come: from its days, its result and its closing. Contradictions are refused."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from gongjian.assignments.states import Outcome
from gongjian.imports.reading.fields import FIELDS
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.states import ImportKind

RUNNING = "RUNNING"
LABELS = {field.name: field.label for field in FIELDS[ImportKind.PROBLEMS]}
WANTED_BY_RATES = ("due", "outcome", "resolved_on")


@dataclass
class PastState:
    """The days a row gives or implies; what it implies stands in `notes`."""

    collected_on: date
    handed_on: date | None = None
    resolved_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    word_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    in_words: str = ""
    notes: list[str] = field(default_factory=list)


def past_state(row: LedgerRow) -> PastState | None:
    """The state, or None with the fault said in the row."""
    collected = row.values.get("collected_on") or row.values.get("handed_on")
    if collected is None:
        row.refuse(_("没有写收集时间，也没有交办时间"), "collected_on")
        return None
    state = PastState(
        collected, row.values.get("handed_on"), row.values.get("resolved_on"), row.values.get("closed_on")
    )
    if not row.values.get("collected_on"):
        state.notes.append(_("没有写收集时间，按交办时间记"))
    _end(row, state)
    if not row.troubles:
        _handling(row, state)
    if not row.troubles:
        _order(row, state)
    return None if row.troubles else state


def _end(row: LedgerRow, state: PastState) -> None:
    """Whether it is resolved and closed, and by what result."""
    outcome, closed = row.text("outcome"), row.values.get("closed")
    running = outcome == RUNNING
    state.outcome = "" if running else outcome
    if closed and state.closed_on is None:
        state.closed_on = state.resolved_on or row.values.get("word_on")
        if state.closed_on is None:
            row.refuse(_("已销号的要写销号时间"), "closed_on")
            return
        state.notes.append(_("没有写销号时间，按 %(day)s 记") % {"day": state.closed_on})
    if closed is False and state.closed_on is not None:
        row.refuse(_("写了没有销号，又写了销号时间"), "closed_on")
    elif running and (state.resolved_on or state.closed_on):
        row.refuse(_("写了还没有解决，又写了解决时间或销号时间"), "outcome")
    elif outcome == Outcome.SOLVED and not (state.resolved_on or state.closed_on):
        row.refuse(_("已解决的要写解决时间"), "resolved_on")
    state.word_on = row.values.get("word_on") or state.closed_on or state.resolved_on
    if row.values.get("satisfaction") and not (state.resolved_on or state.closed_on) and not row.troubles:
        row.refuse(_("企业已有评价，却没有解决时间"), "resolved_on")


def _handling(row: LedgerRow, state: PastState) -> None:
    """What a unit owes, or the answer where there was none."""
    ended = state.closed_on or state.resolved_on
    if row.text("lead_unit"):
        state.in_words = _("已销号") if state.closed_on else _("已办结") if state.resolved_on else _("办理中")
        if ended is None and not row.values.get("due"):
            row.refuse(_("还没有办结的要写办理时限"), "due")
        if ended is not None:
            missing = [str(LABELS[name]) for name in WANTED_BY_RATES if not row.values.get(name)]
            if missing:
                state.notes.append(_("没有写%(what)s，不计入办结率、解决率") % {"what": "、".join(missing)})
        return
    if row.values.get("handed_on"):
        row.refuse(_("有交办时间，没有牵头单位"), "lead_unit")
        return
    state.answer = row.text("progress") or row.text("task")
    state.in_words = _("待交办")
    if ended is not None:
        state.answered_on, state.in_words = ended, _("已答复")
        state.answer = state.answer or _("台账没有写答复内容")


def _order(row: LedgerRow, state: PastState) -> None:
    """The days follow each other."""
    steps = (
        ("collected_on", state.collected_on),
        ("handed_on", state.handed_on),
        ("resolved_on", state.resolved_on),
        ("closed_on", state.closed_on),
    )
    before, last = "", None
    for name, day in steps:
        if day is not None and last is not None and day < last:
            row.refuse(_("%(label)s早于%(before)s") % {"label": LABELS[name], "before": LABELS[before]}, name)
        if day is not None:
            before, last = name, day
    due, start = row.values.get("due"), state.handed_on or state.collected_on
    if due is not None and due < start:
        row.refuse(_("%(label)s早于%(before)s") % {"label": _("办理时限"), "before": _("交办时间")}, "due")
