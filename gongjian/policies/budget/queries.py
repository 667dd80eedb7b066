"""What a version of a policy would cost (预算): by township, size class and quarter of payout, beside the ceiling of its policy.

A firm that already stands in the ledger of payouts for the same period is counted there, as booked; for every other firm the
certain and the possible amount are expected. Groups of policies that share a cap are not settled here.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Area
from gongjian.policies.budget.summary import NOTHING, Budget, BudgetLine, Quarter, QuarterLine
from gongjian.policies.models import Payout, PolicyVersion
from gongjian.policies.rule_files.checks import read_rule
from gongjian.policies.rule_files.queries import read_header
from gongjian.policies.states import OPEN, Delivery, PayoutState
from gongjian.policies.verdicts import results_in_memory
from gongjian.policies.verdicts.queries import Ids, period_of, yuan_of_cents
from gongjian.policies.verdicts.results_in_memory import (
    FAILS,
    MEETS,
    NO_BOUND,
    UNKNOWN,
    PolicyColumn,
    ResultsInMemory,
)

SIZES: Mapping[str, "str | Promise"] = {
    "NBS-SIZE-2017-LARGE": _("大型企业"),
    "NBS-SIZE-2017-MEDIUM": _("中型企业"),
    "NBS-SIZE-2017-SMALL": _("小型企业"),
    "NBS-SIZE-2017-MICRO": _("微型企业"),
}
NO_SIZE = _("规模未定")
MONTHS = 3  # in a quarter
RowNumbers = npt.NDArray[np.intp]


def budget_of(version: PolicyVersion, *, on: date, ids: Ids) -> Budget | None:
    """The cost of a version over the firms `ids` (None: all firms); None if its rule cannot be read."""
    rule = read_rule(version.text)
    if rule is None:
        return None
    results, period = results_in_memory.results_on(on), period_of(version, on=on)
    column, _near = results_in_memory.evaluate_rule(results, rule, on=on)
    booked_payouts = _booked(version, period, ids)
    rows = results.rows_of(ids)
    rows = rows[
        (column.verdict[rows] != FAILS)
        & ~np.isin(results.pks[rows], [firm for firm, *_rest in booked_payouts])
    ]
    total = _line(_("合计"), column, rows)
    quarters = _quarters(version, booked_payouts, total, on)
    return Budget(
        period=period,
        total=total,
        areas=_by_area(results, column, rows),
        sizes=_by_size(results, column, rows),
        quarters=quarters,
        booked=sum((sum(line.booked.values(), NOTHING) for line in quarters), NOTHING),
        ceiling=version.policy.ceiling,
    )


def _line(label: "str | Promise", column: PolicyColumn, rows: RowNumbers) -> BudgetLine:
    verdict, possible = column.verdict[rows], column.possible[rows]
    bounded = possible != NO_BOUND
    return BudgetLine(
        label,
        meets=int((verdict == MEETS).sum()),
        unknown=int((verdict == UNKNOWN).sum()),
        certain=yuan_of_cents(column.certain[rows].sum()),
        possible=yuan_of_cents(possible[bounded].sum()),
        open_ended=int((~bounded).sum()),
    )


def _lines(
    column: PolicyColumn, rows: RowNumbers, keys: npt.NDArray[np.int64], labels: Mapping[int, "str | Promise"]
) -> tuple[BudgetLine, ...]:
    """One budget line for each distinct key, the most money first."""
    order = np.argsort(keys, kind="stable")
    distinct_keys, starts = np.unique(keys[order], return_index=True)
    parts = np.split(rows[order], starts[1:])
    lines = [_line(labels[int(key)], column, part) for key, part in zip(distinct_keys, parts, strict=False)]
    return tuple(sorted(lines, key=lambda line: (-line.certain, -line.possible, -line.unknown)))


def _by_area(results: ResultsInMemory, column: PolicyColumn, rows: RowNumbers) -> tuple[BudgetLine, ...]:
    firms = Enterprise.objects.filter(merged_into__isnull=True)
    place = dict(firms.values_list("pk", "area"))
    keys = np.array([place.get(pk, 0) for pk in results.pks[rows].tolist()], dtype=np.int64)
    return _lines(column, rows, keys, {0: _("地区未填"), **_area_labels()})


def _area_labels() -> dict[int, str]:
    """Area key -> its name; townships carry the name of their county in front."""
    areas = list(Area.objects.all())
    short = {area.path: area.short_name for area in areas}
    return {
        area.pk: f"{short.get(area.path[: -Area.steplen], '')} · {area.name}" if area.depth > 2 else area.name  # noqa: PLR2004 - city, county
        for area in areas
    }


def _by_size(results: ResultsInMemory, column: PolicyColumn, rows: RowNumbers) -> tuple[BudgetLine, ...]:
    """Lines by the statistical size classes in force; a firm that surely belongs to none has a line of its own."""
    keys = np.full(len(rows), len(SIZES), dtype=np.int64)
    for n, code in enumerate(SIZES):
        if code in results.columns:
            keys[results.columns[code].verdict[rows] == MEETS] = n
    return _lines(column, rows, keys, dict(enumerate([*SIZES.values(), NO_SIZE])))


def _booked(
    version: PolicyVersion, period: str, ids: Ids
) -> list[tuple[int, str, Decimal, Decimal | None, date | None]]:
    """Firm, state, amounts and day of payment of every payout in the ledger for the period."""
    payouts = Payout.objects.filter(version__policy=version.policy_id, period=period, state__in=OPEN)
    values = payouts.values_list("enterprise", "state", "applied_amount", "approved_amount", "paid_on")
    wanted_firms = None if ids is None else set(ids.tolist())
    return [row for row in values if wanted_firms is None or row[0] in wanted_firms]


def _quarters(
    version: PolicyVersion,
    payouts: Sequence[tuple[int, str, Decimal, Decimal | None, date | None]],
    total: BudgetLine,
    on: date,
) -> tuple[QuarterLine, ...]:
    """Paid money in the quarter it was paid, open payouts in the quarter of `on`, expected money in the quarter it falls due."""
    lines: dict[Quarter, QuarterLine] = {}

    def line(quarter: Quarter) -> QuarterLine:
        return lines.setdefault(quarter, QuarterLine(quarter))

    for _firm, state, applied, approved, paid_on in payouts:
        when = quarter_of(paid_on if state == PayoutState.PAID and paid_on else on)
        line(when).booked[state] += applied if approved is None else approved
    due = line(due_quarter(version, on=on))
    due.certain, due.possible = total.certain, total.possible
    return tuple(lines[quarter] for quarter in sorted(lines))


def quarter_of(day: date) -> Quarter:
    """The year and the quarter (1 to 4) of a day."""
    return day.year, (day.month + MONTHS - 1) // MONTHS


def due_quarter(version: PolicyVersion, *, on: date) -> Quarter:
    """The quarter in which money of a version falls due, never before that of `on`.

    Without application (免申即享) it is due as soon as the version is in force; fast (快申快享) in the quarter of the last day to act;
    after an application (申报) in the quarter that follows it.
    """
    header = read_header(version.text)
    begins = max(on, version.valid_from or on)
    if header.delivery == Delivery.AUTOMATIC:
        return quarter_of(begins)
    year, quarter = quarter_of(max(begins, header.last_day or begins))
    if header.delivery == Delivery.FAST:
        return year, quarter
    return (year, quarter + 1) if quarter < 4 else (year + 1, 1)  # noqa: PLR2004 - quarters of a year
