"""What a leader's first page shows (领导看板): figures with their change on the week before, matters, a ranking, own firms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from gongjian.assignments.counts.queries import Tally
from gongjian.assignments.instructions.queries import given_on, wanting_a_word
from gongjian.assignments.models import Assignment
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import paired_with, visible_to
from gongjian.measures import queries as measures
from gongjian.measures.measure import Scope
from gongjian.measures.queries import Counted, counted
from gongjian.people.models import Account, Area
from gongjian.problems.closing_quality.rules import Rate

WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)
MATTERS, GIVEN, RANKED, FIRMS = 3, 2, 5, 3  # rows of the first page
FEWEST_OPEN = 5  # open tasks of an area from which its share of late ones says something
LATE = "overdue_tasks"
OF_THE_WEEK = ("resolved", "firms_visited", "content", "spoken")


@dataclass(frozen=True)
class Figure:
    """One figure: its number or its share, what it is made of, and how it compares with the week before."""

    name: str
    number: Counted | None = None
    rate: Rate | None = None
    parts: tuple[Counted, ...] = ()
    new: Counted | None = None
    more: int | None = None  # than in the week before; None: nothing to compare
    is_rate: bool = False

    @property
    def fewer(self) -> int:
        """How many fewer than in the week before."""
        return -(self.more or 0)

    @property
    def tone(self) -> str:
        """How the change reads: more is better in all figures that are compared."""
        return "better" if (self.more or 0) > 0 else "worse" if (self.more or 0) < 0 else ""


@dataclass(frozen=True)
class Ranked:
    """One area of the ranking: its late tasks among its open ones."""

    area: Area
    late: Counted
    open: Counted

    @property
    def rate(self) -> Rate:
        """The share of the open tasks that is late."""
        return Rate(self.late.number, self.open.number)

    @property
    def hundredths(self) -> int:
        """That share in whole hundredths, as long as its bar."""
        return round((self.rate.share or 0) * 100)


def figures(counted_once: Tally, scope: Scope) -> list[Figure]:
    """The four figures: late now, resolved, firms visited and satisfied in the last seven days."""
    today = scope.today
    week = replace(scope, first=today - WEEK + A_DAY, last=today)
    before = replace(scope, first=today - WEEK - WEEK + A_DAY, last=today - WEEK)
    now, then = measures.count_each(OF_THE_WEEK, (week, before))
    late = counted(LATE, counted_once.marked(LATE), scope)
    new = counted("newly_overdue_tasks", counted_once.marked("newly_overdue_tasks"), _lately(scope))
    return [
        Figure(late.measure.name, number=late, new=new),
        *(_of_the_week(key, name, now, then) for key, name in _names()),
        _satisfied(now, then),
    ]


def marks(scope: Scope) -> dict[str, Any]:
    """The conditions the figures and the ranking are counted by, for one query over all open tasks."""
    return measures.conditions([LATE], scope) | measures.conditions(["newly_overdue_tasks"], _lately(scope))


def _lately(scope: Scope) -> Scope:
    """The seven days before today: a task whose due day lay in them has become late since."""
    return replace(scope, first=scope.today - WEEK, last=scope.today - A_DAY)


def _names() -> Sequence[tuple[str, str]]:
    return ("resolved", _("近7天办结问题")), ("firms_visited", _("近7天走访企业"))


def _of_the_week(key: str, name: str, now: dict[str, Counted], then: dict[str, Counted]) -> Figure:
    return Figure(name, number=now[key], more=now[key].number - then[key].number)


def _satisfied(now: dict[str, Counted], then: dict[str, Counted]) -> Figure:
    rate, earlier = (Rate(two["content"].number, two["spoken"].number) for two in (now, then))
    more = None
    if rate.share is not None and earlier.share is not None:
        more = int(((rate.share - earlier.share) * 100).quantize(Decimal(1)))
    parts = (now["content"], now["spoken"])
    return Figure(_("近7天满意率"), rate=rate, parts=parts, more=more, is_rate=True)


def verdict(shown: Sequence[Figure]) -> tuple[str, str]:
    """How the week went as a whole, by what most of the compared figures say, as a tone and a sentence; empty for a draw."""
    tones = [figure.tone for figure in shown if figure.tone]
    better, worse = tones.count("better"), tones.count("worse")
    if better == worse:
        return "", ""
    if better > worse:
        return "better", _("总的看，近7天好于前7天：%(all)s项里%(some)s项向好。") % {
            "all": len(tones),
            "some": better,
        }
    return "worse", _("总的看，近7天不如前7天：%(all)s项里%(some)s项变差。") % {
        "all": len(tones),
        "some": worse,
    }


def ranking(counted_once: Tally, area: Area | None, scope: Scope) -> list[Ranked]:
    """The areas where the largest share of the open tasks is late, worst first.

    An area without late tasks, or with so few open ones that a share says nothing, is not ranked.
    """
    lines = [line for line in counted_once.by_area(area) if line.marked[LATE] and line.total >= FEWEST_OPEN]
    worst = sorted(
        lines, key=lambda line: (-line.marked[LATE] / line.total, -line.marked[LATE], line.area.order)
    )[:RANKED]
    return [
        Ranked(
            line.area,
            counted(LATE, line.marked[LATE], scope, area=line.area),
            counted("open_tasks", line.total, scope, area=line.area),
        )
        for line in worst
    ]


def matters(rows: Any, account: Account, scope: Scope) -> tuple[list[Assignment], list[Assignment]]:
    """The three late matters that want a word most, each with the word it was given today; and the account's words on others."""
    found = wanting_a_word(rows, today=scope.today).select_related("lead_unit", "responsible_person")
    shown: list[Any] = list(found[:MATTERS])
    keys = [row.pk for row in shown]
    words = list(given_on(scope.today).filter(Q(handed_over_by=account) | Q(about__in=keys)))
    for row in shown:
        row.given = [word for word in words if word.about_id == row.pk]
    mine = [word for word in words if word.handed_over_by_id == account.pk and word.about_id not in keys]
    return shown, mine[:GIVEN]


def firms_of_leader(account: Account, scope: Scope) -> list[tuple[Enterprise, Counted]]:
    """The firms paired with the leader's person, those with most unsettled problems first."""
    unsettled = measures.rows_of("unsettled", scope).filter(enterprise=OuterRef("pk")).order_by()
    total = Subquery(unsettled.values("enterprise").annotate(total=Count("pk")).values("total"))
    firms = visible_to(account).filter(paired_with(account.person_id or 0, today=scope.today))
    rows = firms.annotate(waiting=Coalesce(total, 0)).order_by("-waiting", "pk")[:FIRMS]
    return [(firm, counted("unsettled", firm.waiting, scope, firm=firm.pk)) for firm in rows]
