"""How many of an area's targets are at least where they should be by now (季度进度), from one query."""

from dataclasses import dataclass
from datetime import date

from gongjian.campaigns.models import Target
from gongjian.campaigns.queries import lines_of_table
from gongjian.campaigns.states import Horizon
from gongjian.campaigns.targets.so_far import USUAL_YEARS
from gongjian.indicators.models import Figure, Indicator
from gongjian.indicators.queries import FigureTable
from gongjian.people.models import Area

QUARTERS = (Horizon.Q1, Horizon.HALF, Horizon.THREE_QUARTERS, Horizon.FULL_YEAR)


@dataclass(frozen=True)
class OnPace:
    """Of the targets by the end of a span those that are green, of all of which a figure is known."""

    area: Area
    horizon: Horizon
    green: int
    total: int

    @property
    def light(self) -> str:
        """Green when all are, red when less than half are."""
        return "GREEN" if self.green == self.total else "YELLOW" if self.green * 2 >= self.total else "RED"


def on_pace(area: Area | None, *, on: date) -> OnPace | None:
    """The targets of an area for the quarter that runs, else for the nearest later span that has any; None where there is none.

    Of indicators with figures of their own alone: what a formula says follows from these.
    """
    if area is None:
        return None
    spans = [span for span in QUARTERS if span.months >= on.month]
    held, table = _read(area, on, spans)
    for span in spans:
        lines = lines_of_table([one for one in held if one.horizon == span], on, table=table)
        known = [line for line in lines if line.month is not None]
        if known:
            return OnPace(area, span, sum(line.light == "GREEN" for line in known), len(known))
    return None


def _read(area: Area, on: date, spans: list[Horizon]) -> tuple[list[Target], FigureTable]:
    """The targets with the figures of their indicators; one query, since both hang on the indicator."""
    of = "indicator__targets__"
    wanted = {"area": area, "unit": None, "withdrawn_at": None, "year": on.year, "horizon__in": spans}
    rows = Figure.objects.filter(
        **{of + name: value for name, value in wanted.items()},
        area=area,
        superseded_at=None,
        indicator__formula="",
        month__gte=date(on.year - USUAL_YEARS, 1, 1),
        month__lte=on,
    )
    table, targets = FigureTable({}), dict[int, Target]()
    facts = ("pk", "key", "nature", "direction", "joined", "formula")
    names = (*(f"indicator__{name}" for name in facts), f"{of}pk", f"{of}horizon", f"{of}value")
    for month, column, value, *more in rows.order_by().values_list("month", "column", "value", *names):
        one, (pk, horizon, amount) = dict(zip(facts, more, strict=False)), more[len(facts) :]
        indicator = table.indicators.setdefault(one["key"], Indicator(**one))
        table.values[indicator.pk, area.pk, month, column] = value
        if pk not in targets:
            targets[pk] = Target(
                pk=pk, indicator=indicator, area=area, year=on.year, horizon=horizon, value=amount
            )
    return list(targets.values()), table
