"""The weekly brief: its numbers, and the sentences and tables around them.

The text is Chinese in every language of the page. It is stored as plain data, so that the same file can be built again.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import override

from gongjian.audit.wording import short_day_in_words
from gongjian.bulletins.weekly_brief.numbers import BriefScope, counties, measured, rows_counted
from gongjian.measures.table import MEASURES
from gongjian.people.models import Area, Unit
from gongjian.people.states import AreaLevel
from gongjian.visits.states import VisitKind

COLUMNS = ("firms_visited", "recorded", "handed_over", "resolved", "closed", "overdue")
UNITS, RED_LIST, KINDS = 15, 10, 4
OWN = "市本级"
Block = dict[str, Any]
Run = str | dict[str, str]


@dataclass
class BriefNumbers:
    """The numbers of a brief, collected while its text is written, each with the records it counts."""

    scope: BriefScope
    numbers: list[dict[str, Any]] = field(default_factory=list)

    def count(
        self, key: str, *, area: Area | None = None, unit: Unit | None = None, own: bool = False
    ) -> dict[str, str]:
        """Count a measure, add the number to the brief, and return it as a piece of the text."""
        scope = replace(self.scope, area=area or self.scope.area)
        ids = rows_counted(key, scope, unit=unit.pk if unit else None, own=own)
        anchor = f"n{len(self.numbers) + 1}"
        query = {
            "measure": key,
            "area": scope.area.pk,
            "unit": unit.pk if unit else None,
            "own": own,
            "first": scope.first.isoformat(),
            "last": scope.last.isoformat(),
            "today": scope.today.isoformat(),
            "definition": MEASURES[key].definition,
        }
        where = OWN if own else "·".join(str(part) for part in (scope.area, unit) if part)
        label = f"{where} {MEASURES[key].label}"
        self.numbers.append(
            {"anchor": anchor, "label": label, "value": str(len(ids)), "query": query, "rows": ids}
        )
        return {"number": str(len(ids)), "anchor": anchor}


def write_brief_text(scope: BriefScope) -> tuple[list[Block], list[dict[str, Any]]]:
    """The blocks of the brief and its numbers."""
    numbers = BriefNumbers(scope)
    blocks = [
        *overview(numbers),
        *progress(numbers),
        *areas_table(numbers),
        *units_table(numbers),
        *red_list(numbers),
        *results(numbers),
    ]
    return blocks, numbers.numbers


def heading(text: str) -> Block:
    """A heading of the first level."""
    return {"kind": "heading", "level": 1, "text": text}


def paragraph(*runs: Run) -> Block:
    """A paragraph of text and numbers."""
    return {"kind": "paragraph", "runs": list(runs)}


def span(scope: BriefScope) -> str:
    """The period of a brief, which is read in the year of its last day."""
    return f"{day_in_text(scope.first, scope.today)}至{day_in_text(scope.last, scope.today)}"


def day_in_text(day: date, today: date) -> str:
    """A day as the text names it: with its year where that is another one."""
    words = f"{day.month}月{day.day}日"
    return words if day.year == today.year else f"{day.year}年{words}"


def overview(numbers: BriefNumbers) -> list[Block]:
    """What was visited, collected, handed over, resolved and closed in the period."""
    n = numbers.count
    return [
        heading("总体情况"),
        paragraph(
            f"{span(numbers.scope)}，全{_suffix(numbers.scope.area)}各级领导干部走访企业",
            n("firms_visited"),
            "家次，",
            *_meetings(numbers),
            "。走访中无问题的企业",
            n("nothing"),
            "家次，未找到的企业",
            n("not_found"),
            "家次。",
        ),
        paragraph(
            "收集企业问题诉求",
            n("recorded"),
            "个，交办",
            n("handed_over"),
            "个，其中现场交办",
            n("on_the_spot"),
            "个；办结",
            n("resolved"),
            "个，经企业评价销号",
            n("closed"),
            "个。",
        ),
    ]


def _meetings(numbers: BriefNumbers) -> list[Run]:
    """The meetings of the period: only kinds that took place are named."""
    kinds = set(measured("meetings", numbers.scope).values_list("kind", flat=True))
    if not kinds:
        return ["没有召开会议"]
    with override("zh-hans"):
        labels = [str(label) for kind, label in VisitKind.choices if kind in kinds]
    names = "、".join(labels[:KINDS]) + ("等会议" if len(labels) > KINDS else "")
    return ["召开" + names + ("共" if len(labels) > 1 else ""), numbers.count("meetings"), "场"]


def _suffix(area: Area) -> str:
    return {
        AreaLevel.CITY: "市",
        AreaLevel.COUNTY: area.name[-1] if area.name[-1] in "县市区" else "区",
    }.get(AreaLevel(area.level), "区")


def progress(numbers: BriefNumbers) -> list[Block]:
    """How the open matters stand, by their lights."""
    n = numbers.count
    return [
        heading("办理进度"),
        paragraph(
            f"截至{day_in_text(numbers.scope.today, numbers.scope.today)}，尚未销号的问题",
            n("open"),
            "个。其中绿灯",
            n("green"),
            "个，黄灯",
            n("yellow"),
            "个，红灯",
            n("red"),
            "个，深红灯",
            n("dark_red"),
            "个，挂账",
            n("on_hold"),
            "个。",
        ),
    ]


def areas_table(numbers: BriefNumbers) -> list[Block]:
    """A row for each county, what is of the area itself, and the sum."""
    areas = counties(numbers.scope.area)
    if not areas:
        return []
    head = ["县（市、区）", *(MEASURES[key].label for key in COLUMNS)]
    rows: list[list[Any]] = [
        [area.name, *(numbers.count(key, area=area) for key in COLUMNS)] for area in areas
    ]
    rows.append([OWN, *(numbers.count(key, own=True) for key in COLUMNS)])
    rows.append(["合计", *(numbers.count(key) for key in COLUMNS)])
    return [heading("各县（市、区）情况"), {"kind": "table", "head": head, "rows": rows}]


def units_table(numbers: BriefNumbers) -> list[Block]:
    """The units that lead most open matters."""
    open_now = measured("open", numbers.scope)
    busiest = Counter(open_now.values_list("assignment__lead_unit", flat=True)).most_common(UNITS)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[pk for pk, _n in busiest])}
    if not units:
        return []
    keys = ("handed_over", "resolved", "open", "overdue")
    head = ["牵头单位", *(MEASURES[key].label for key in keys)]
    rows = [[units[pk].name, *(numbers.count(key, unit=units[pk]) for key in keys)] for pk, _n in busiest]
    return [heading("牵头单位情况"), {"kind": "table", "head": head, "rows": rows}]


def red_list(numbers: BriefNumbers, *, unit: Unit | None = None) -> list[Block]:
    """The late matters, of one lead unit or of all, the oldest ones named."""
    scope = numbers.scope
    late = (
        measured("overdue", scope, unit=unit.pk if unit else None)
        .select_related("enterprise", "assignment__lead_unit")
        .order_by("assignment__next_due_on", "pk")
    )
    rows = [
        [
            p.number,
            str(p.enterprise),
            p.text,
            str(p.assignment.lead_unit),
            short_day_in_words(p.assignment.next_due_on, today=scope.today),
        ]
        for p in late[:RED_LIST]
    ]
    if not rows:
        return [heading("超期未办的问题"), paragraph("没有超期未办的问题。")]
    which = f"个，应办日期最早的{len(rows)}个如下" if late.count() > RED_LIST else "个"
    head = ["编号", "企业", "问题", "牵头单位", "应办日期"]
    return [
        heading("超期未办的问题"),
        paragraph(
            "超期未办的问题", numbers.count("overdue", unit=unit), f"{which}。请牵头单位抓紧办理并说明原因。"
        ),
        {"kind": "table", "head": head, "rows": rows},
    ]


def results(numbers: BriefNumbers, *, unit: Unit | None = None) -> list[Block]:
    """How matters ended, and what the firms said of it, of one lead unit or of all."""
    n = partial(numbers.count, unit=unit)
    dissatisfied = n("dissatisfied")
    again = "；不满意的已重新交办。" if int(dissatisfied["number"]) else "。"
    return [
        heading("办理结果与企业评价"),
        paragraph(
            "本期办结的问题中，已解决",
            n("solved"),
            "个，解释说明",
            n("explained"),
            "个，暂缓解决",
            n("deferred"),
            "个，三类分别统计。",
        ),
        paragraph(
            "企业评价满意",
            n("satisfied"),
            "个，基本满意",
            n("basically"),
            "个，不满意",
            dissatisfied,
            f"个{again}",
        ),
    ]
