"""The weekly brief: its numbers, and the sentences and tables around them.

The text is stored as plain data in the language of the place that issues it, so that the same file can be built again.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit.wording import day_in_text, in_chinese, joined, short_day_in_words, words
from gongjian.bulletins.weekly_brief.numbers import BriefScope, counties, measured, rows_counted
from gongjian.bulletins.wording import Run, sentence
from gongjian.measures.table import MEASURES
from gongjian.people.models import Area, Unit
from gongjian.people.states import AreaLevel
from gongjian.visits.states import VisitKind

COLUMNS = ("firms_visited", "recorded", "handed_over", "resolved", "closed", "overdue")
UNITS, RED_LIST, KINDS = 15, 10, 4
Block = dict[str, Any]


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
        where = _("市本级") if own else "·".join(str(part) for part in (scope.area, unit) if part)
        label = f"{where} {words(MEASURES[key].label)}"
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
    return _("%(first)s至%(last)s") % {
        "first": day_in_text(scope.first, scope.today),
        "last": day_in_text(scope.last, scope.today),
    }


def overview(numbers: BriefNumbers) -> list[Block]:
    """What was visited, collected, handed over, resolved and closed in the period."""
    n, scope = numbers.count, numbers.scope
    return [
        heading(_("总体情况")),
        paragraph(
            *sentence(
                _("%(span)s，全%(area)s各级领导干部走访企业%(visited)s家次，"),
                span=span(scope),
                area=_suffix(scope.area) if in_chinese() else scope.area.name,
                visited=n("firms_visited"),
            ),
            *_meetings(numbers),
            *sentence(
                _("。走访中无问题的企业%(nothing)s家次，未找到的企业%(lost)s家次。"),
                nothing=n("nothing"),
                lost=n("not_found"),
            ),
        ),
        paragraph(
            *sentence(
                _(
                    "收集企业问题诉求%(recorded)s个，交办%(given)s个，其中现场交办%(spot)s个；办结%(resolved)s个，经企业评价销号%(closed)s个。"
                ),
                recorded=n("recorded"),
                given=n("handed_over"),
                spot=n("on_the_spot"),
                resolved=n("resolved"),
                closed=n("closed"),
            )
        ),
    ]


def _meetings(numbers: BriefNumbers) -> list[Run]:
    """The meetings of the period: only kinds that took place are named."""
    kinds = set(measured("meetings", numbers.scope).values_list("kind", flat=True))
    if not kinds:
        return [_("没有召开会议")]
    labels = [str(label) for kind, label in VisitKind.choices if kind in kinds]
    names = joined(labels[:KINDS])
    if len(labels) > KINDS:
        names = _("%(kinds)s等会议") % {"kinds": names}
    message = _("召开%(kinds)s共%(meetings)s场") if len(labels) > 1 else _("召开%(kinds)s%(meetings)s场")
    return sentence(message, kinds=names, meetings=numbers.count("meetings"))


def _suffix(area: Area) -> str:
    return {
        AreaLevel.CITY: "市",
        AreaLevel.COUNTY: area.name[-1] if area.name[-1] in "县市区" else "区",
    }.get(AreaLevel(area.level), "区")


def progress(numbers: BriefNumbers) -> list[Block]:
    """How the open matters stand, by their lights."""
    n, today = numbers.count, numbers.scope.today
    lights = ("open", "green", "yellow", "red", "dark_red", "on_hold")
    return [
        heading(_("办理进度")),
        paragraph(
            *sentence(
                _(
                    "截至%(day)s，尚未销号的问题%(open)s个。其中绿灯%(green)s个，黄灯%(yellow)s个，红灯%(red)s个，深红灯%(dark_red)s个，挂账%(on_hold)s个。"
                ),
                day=day_in_text(today, today),
                **{key: n(key) for key in lights},
            )
        ),
    ]


def areas_table(numbers: BriefNumbers) -> list[Block]:
    """A row for each county, what is of the area itself, and the sum."""
    areas = counties(numbers.scope.area)
    if not areas:
        return []
    head = [_("县（市、区）"), *(words(MEASURES[key].label) for key in COLUMNS)]
    rows: list[list[Any]] = [
        [area.name, *(numbers.count(key, area=area) for key in COLUMNS)] for area in areas
    ]
    rows.append([_("市本级"), *(numbers.count(key, own=True) for key in COLUMNS)])
    rows.append([_("合计"), *(numbers.count(key) for key in COLUMNS)])
    return [heading(_("各县（市、区）情况")), {"kind": "table", "head": head, "rows": rows}]


def units_table(numbers: BriefNumbers) -> list[Block]:
    """The units that lead most open matters."""
    open_now = measured("open", numbers.scope)
    busiest = Counter(open_now.values_list("assignment__lead_unit", flat=True)).most_common(UNITS)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[pk for pk, _n in busiest])}
    if not units:
        return []
    keys = ("handed_over", "resolved", "open", "overdue")
    head = [_("牵头单位"), *(words(MEASURES[key].label) for key in keys)]
    rows = [[units[pk].name, *(numbers.count(key, unit=units[pk]) for key in keys)] for pk, _n in busiest]
    return [heading(_("牵头单位情况")), {"kind": "table", "head": head, "rows": rows}]


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
        return [heading(_("超期未办的问题")), paragraph(_("没有超期未办的问题。"))]
    message = (
        _("超期未办的问题%(late)s个，应办日期最早的%(named)s个如下。请牵头单位抓紧办理并说明原因。")
        if late.count() > RED_LIST
        else _("超期未办的问题%(late)s个。请牵头单位抓紧办理并说明原因。")
    )
    head = [_("编号"), _("企业"), _("问题"), _("牵头单位"), _("应办日期")]
    return [
        heading(_("超期未办的问题")),
        paragraph(*sentence(message, late=numbers.count("overdue", unit=unit), named=str(len(rows)))),
        {"kind": "table", "head": head, "rows": rows},
    ]


def results(numbers: BriefNumbers, *, unit: Unit | None = None) -> list[Block]:
    """How matters ended, and what the firms said of it, of one lead unit or of all."""
    n = partial(numbers.count, unit=unit)
    dissatisfied = n("dissatisfied")
    message = (
        _("企业评价满意%(satisfied)s个，基本满意%(fairly)s个，不满意%(dissatisfied)s个；不满意的已重新交办。")
        if int(dissatisfied["number"])
        else _("企业评价满意%(satisfied)s个，基本满意%(fairly)s个，不满意%(dissatisfied)s个。")
    )
    return [
        heading(_("办理结果与企业评价")),
        paragraph(
            *sentence(
                _(
                    "本期办结的问题中，已解决%(solved)s个，解释说明%(explained)s个，暂缓解决%(deferred)s个，三类分别统计。"
                ),
                **{key: n(key) for key in ("solved", "explained", "deferred")},
            )
        ),
        paragraph(
            *sentence(message, satisfied=n("satisfied"), fairly=n("basically"), dissatisfied=dissatisfied)
        ),
    ]
