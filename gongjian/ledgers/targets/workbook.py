"""The board of a campaign as a workbook (攻坚目标): one row a target, as the board shows it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.assignments.states import Light
from gongjian.campaigns.queries import BattleCard
from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.sheet import ledger_sheet


def board_workbook(cards: Iterable[BattleCard], *, words: str, as_of: datetime) -> bytes:
    """The targets by battle, indicator and span, each with what is done, up to which month, and its light."""
    heads = (
        (_("攻坚战"), 20),
        (_("指标"), 26),
        (_("时段"), 12),
        (_("目标值"), 14),
        (_("已完成"), 14),
        (_("月份"), 10),
        (_("灯"), 10),
        (_("牵头单位"), 18),
        (_("责任人"), 12),
    )
    rows = (
        [
            card.battle.name,
            row.indicator.with_unit,
            str(horizon.label),
            line.target.value,
            "" if line.done is None else line.done,
            f"{line.month:%Y-%m}" if line.month else "",
            str(Light(line.light).label),
            str(card.battle.lead_unit or ""),
            str(card.battle.responsible_person or ""),
        ]
        for card in cards
        for row in card.rows
        for horizon, line in row.lines
        if line is not None
    )
    columns = [SheetColumn(str(head), width) for head, width in heads]
    return ledger_sheet(title=_("攻坚目标"), words=words, as_of=as_of, columns=columns, rows=rows)
