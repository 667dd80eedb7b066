"""Standings in words: a place, how sure it is, what changed and through what, the way up."""

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gongjian.audit.wording import unit_behind
from gongjian.engines.standings.changes import Change
from gongjian.engines.standings.next_place import Move
from gongjian.engines.standings.readings import Note
from gongjian.engines.standings.schemes import Lens
from gongjian.engines.standings.scoring import Line, Mark, Row, Unranked
from gongjian.indicators.models import Indicator
from gongjian.standings import states
from gongjian.web.templatetags.figures import figure

if TYPE_CHECKING:
    from gongjian.engines.standings.stability import Stability

OF_HUNDRED = frozenset({Lens.GROWTH, Lens.COMPLETION})
CENT, FINE = Decimal("0.01"), Decimal("0.0001")


def place_in_words(row: Row) -> str:
    """第3位，并列; why there is none."""
    if row.place is None:
        return {
            Unranked.MISSING: _("缺数据，未排名"),
            Unranked.SMALL: _("样本太小，未排名"),
            Unranked.GROUP: _("同组地区太少，未排名"),
        }.get(row.unranked, "—")
    if row.tied > 1:
        return _("第%(place)s位（%(n)s个并列）") % {"place": row.place, "n": row.tied}
    return _("第%(place)s位") % {"place": row.place}


def change_in_words(change: Change | None) -> str:
    """Against the month before."""
    if change is None or change.risen is None:
        return "—"
    if not change.risen:
        return _("持平")
    if change.risen > 0:
        return ngettext("上升 %(n)s 位", "上升 %(n)s 位", change.risen) % {"n": change.risen}
    return ngettext("下降 %(n)s 位", "下降 %(n)s 位", -change.risen) % {"n": -change.risen}


def stability_in_words(sure: "Stability | None") -> str:
    """How sure a place is: 第3至5位机会相当."""
    if sure is None:
        return "—"
    if sure.sure:
        return _("名次稳")
    span = {"low": sure.low, "high": sure.high}
    if sure.even:
        return _("第%(low)s至%(high)s位机会相当") % span
    return _("多半在第%(low)s至%(high)s位") % span


def mark_in_words(row: Row) -> str:
    """On which list it stands, or that the guard kept it off."""
    if row.mark == Mark.RED:
        return _("红榜")
    if row.mark == Mark.BLACK:
        return _("黑榜")
    return _("不上黑榜：已完成或不可抗力") if row.spared else ""


NOTES = {
    Note.MISSING: gettext_lazy("缺数据"),
    Note.NO_BASE: gettext_lazy("缺上年基数或人口"),
    Note.NO_TARGET: gettext_lazy("没有目标"),
    Note.SMALL: gettext_lazy("基数太小，不比，按其余各项折算"),
    Note.FIRST_BASE: gettext_lazy("基数后来调低，按原基数计算"),
    Note.FIRST_TARGET: gettext_lazy("目标后来调低，按原目标计算"),
    Note.ONE_OFF: gettext_lazy("单月突增，按其余月份的增速计算"),
    Note.CORRECTED: gettext_lazy("用到的数据更正过"),
}


def note_in_words(note: Note) -> str:
    """What a reader should know of a value."""
    return str(NOTES[note])


def value_in_words(line: Line, value: Decimal | None = None) -> str:
    """The value of an item with its sign of per cent, as it is compared."""
    shown = line.value.shown if value is None else value
    if shown is None:
        return "—"
    ends = "%" if line.item.lens in OF_HUNDRED | {Lens.SHARE} else ""
    return f"{shown.quantize(CENT):,f}{ends}"


def lens_in_words(lens: Lens) -> str:
    """看增速."""
    return str(states.Lens(lens.value).label)


def upward(amount: Decimal) -> str:
    """An amount rounded up, so that it suffices."""
    unit = CENT if amount >= CENT else FINE
    return figure(amount.quantize(unit, ROUND_CEILING))


def move_in_words(move: Move, indicator: Indicator) -> str:
    """从 4.20% 到 4.61%，再增 0.35 亿元."""
    ends = "%" if move.item.lens in OF_HUNDRED else ""
    facts = {
        "old": f"{move.value.quantize(CENT):,f}{ends}",
        "new": f"{move.wanted.quantize(CENT, ROUND_CEILING):,f}{ends}",
        "amount": upward(move.amount),
        "unit": unit_behind(indicator.unit),
    }
    if move.item.less:
        return _("从 %(old)s 降到 %(new)s，再减 %(amount)s %(unit)s") % facts
    return _("从 %(old)s 到 %(new)s，再增 %(amount)s %(unit)s") % facts


def effort_in_words(cost: Decimal) -> str:
    """约平常 0.3 个月的进度."""
    return _("约平常 %(months)s 个月的进度") % {"months": f"{cost.quantize(Decimal('0.1'), ROUND_CEILING):f}"}
