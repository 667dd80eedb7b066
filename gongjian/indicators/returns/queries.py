"""How areas stand with the figures of a month: lateness and completeness told apart, and where each return stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Min, QuerySet
from django.utils import timezone

from gongjian.indicators.models import Figure, Indicator, MonthlyReturn
from gongjian.indicators.queries import areas_shown, in_force
from gongjian.indicators.rules import due_on
from gongjian.indicators.states import ReturnState
from gongjian.people.models import Account, Area
from gongjian.people.queries import sight


def returns_visible_to(account: Account) -> QuerySet[MonthlyReturn]:
    """The monthly returns of the areas of an account."""
    return MonthlyReturn.objects.filter(sight(account)).select_related("area", "handed_up_by", "approved_by")


@dataclass
class Completeness:
    """How an area stands with the figures of a month: what is there in time, there but late, missing, not due yet."""

    area: Area
    in_time: int = 0
    late: int = 0
    not_due: int = 0
    missing: list[Indicator] = field(default_factory=list)
    state: MonthlyReturn | None = None

    @property
    def expected(self) -> int:
        """How many figures the area has to send for the month."""
        return self.in_time + self.late + self.not_due + len(self.missing)

    @property
    def there(self) -> int:
        """How many of them are there."""
        return self.in_time + self.late

    @property
    def state_label(self) -> str:
        """Where the return stands, in words."""
        return str(ReturnState(self.state.state).label if self.state else ReturnState.OPEN.label)


def completeness(account: Account, *, month: date, column: str, today: date) -> list[Completeness]:
    """Each area in a month: lateness and completeness told apart. A derived figure is never expected."""
    areas = areas_shown(account)
    asked = [one for one in in_force(month) if one.is_asked(month)]
    first: dict[tuple[int, int], datetime] = {
        (row["area"], row["indicator"]): row["at"]
        for row in Figure.objects.filter(month=month, column=column, area__in=areas)
        .order_by()
        .values("area", "indicator")
        .annotate(at=Min("recorded_at"))
    }
    states = {row.area_id: row for row in returns_visible_to(account).filter(month=month, column=column)}
    return [
        _filled_in(Completeness(area, state=states.get(area.pk)), asked, first, days=(month, today))
        for area in areas
    ]


def _filled_in(
    found: Completeness,
    asked: Sequence[Indicator],
    first: dict[tuple[int, int], datetime],
    *,
    days: tuple[date, date],
) -> Completeness:
    area, (month, today) = found.area, days
    for indicator in asked:
        due, at = due_on(month, indicator.due_day), first.get((area.pk, indicator.pk))
        if at is not None:
            found.late += timezone.localdate(at) > due
            found.in_time += timezone.localdate(at) <= due
        elif today <= due:
            found.not_due += 1
        else:
            found.missing.append(indicator)
    return found
