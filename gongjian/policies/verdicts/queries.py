"""What the rules say of our firms (判定): totals, lists, one firm on one page, what-if. Amounts in yuan as Decimal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from gongjian.engines import policy as engine
from gongjian.enterprises.facts_for_rules.queries import facts_of
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import matching_firms, visible_to
from gongjian.people.models import Account, Area
from gongjian.people.queries import EVERYWHERE, within
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files.checks import rule_of
from gongjian.policies.states import Grade
from gongjian.policies.verdicts import results_in_memory
from gongjian.policies.verdicts.answers import Entitled, FirmRow, Sheet, Standing, Totals
from gongjian.policies.verdicts.reasons import reasons, standing
from gongjian.policies.verdicts.results_in_memory import FAILS, MEETS, NO_BOUND, UNKNOWN, Board, Column, board

Ids = npt.NDArray[np.int64] | None
SOON = timedelta(days=45)
ORDER = {Grade.NEAR: 0, Grade.MEETS: 1, Grade.UNKNOWN: 2, Grade.FAILS: 3}


def yuan(cents: int) -> Decimal:
    """Cents as yuan."""
    return Decimal(int(cents)).scaleb(-2)


def visible_ids(account: Account, *, area: Area | None = None, text: str = "") -> Ids:
    """Keys of the firms an account sees, within an area and matching a text where given; None: all there are."""
    whole = account.role in EVERYWHERE and account.reads_area is not None and account.reads_area.depth == 1
    if whole and area is None and not text.strip():
        return None
    rows = visible_to(account)
    if area is not None:
        rows = rows.filter(within(area))
    if text.strip():
        rows = matching_firms(rows, text).order_by()
    return np.fromiter(rows.values_list("pk", flat=True), dtype=np.int64)


def area_codes() -> tuple[str, ...]:
    """Statistics codes of our counties and above, without trailing noughts."""
    rows = Area.objects.filter(depth__lte=2).exclude(stat_code="").values_list("stat_code", flat=True)
    return tuple(dict.fromkeys(code.rstrip("0") or code for code in rows))


def counted(column: Column, near: npt.NDArray[np.bool_], rows: npt.NDArray[np.intp]) -> Totals:
    """Totals of some rows of one policy."""
    verdict, certain, possible = column.verdict[rows], column.certain[rows], column.possible[rows]
    close = int(near[rows].sum())
    return Totals(
        meets=int((verdict == MEETS).sum()),
        near=close,
        unknown=int((verdict == UNKNOWN).sum()),
        fails=int((verdict == FAILS).sum()) - close,
        certain=yuan(certain.sum()),
        possible=yuan(possible[possible != NO_BOUND].sum()),
        bounded=bool((possible != NO_BOUND).all()),
    )


def totals(found: Board, code: str, ids: Ids) -> Totals | None:
    """One policy over the firms named; None where its rule cannot be read."""
    if code not in found.columns:
        return None
    return counted(found.columns[code], found.near(code), found.rows_of(ids))


def _grades(column: Column, near: npt.NDArray[np.bool_], rows: npt.NDArray[np.intp]) -> list[Grade]:
    words = {MEETS: Grade.MEETS, UNKNOWN: Grade.UNKNOWN, FAILS: Grade.FAILS}
    return [
        Grade.NEAR if close else words[verdict]
        for verdict, close in zip(column.verdict[rows].tolist(), near[rows].tolist(), strict=True)
    ]


def rows(version: PolicyVersion, *, on: date, ids: Ids, at_hand: Board | None = None) -> list[FirmRow]:
    """Every firm named, with its verdict and amounts under one version; `at_hand`: the day's board, when it is."""
    found, column, near = _column(version, on, at_hand)
    at = found.rows_of(ids)
    return [
        FirmRow(pk, grade, yuan(certain), None if possible == NO_BOUND else yuan(possible))
        for pk, grade, certain, possible in zip(
            found.pks[at].tolist(),
            _grades(column, near, at),
            column.certain[at].tolist(),
            column.possible[at].tolist(),
            strict=True,
        )
    ]


def _column(
    version: PolicyVersion, on: date, at_hand: Board | None = None
) -> tuple[Board, Column, npt.NDArray[np.bool_]]:
    """The board and the column of a version: kept when it is the one in force, else worked out now."""
    found = at_hand or board(on)
    code = version.policy.code
    current = found.version_of(code)
    if current is not None and current.pk == version.pk:
        return found, found.columns[code], found.near(code)
    rule = rule_of(version.text)
    if rule is None:
        empty = Column.empty(len(found.pks))
        return found, empty, np.zeros(len(found.pks), np.bool_)
    column, near = results_in_memory.evaluate_one(found, rule, on=on)
    return found, column, near


def totals_of(found: Sequence[FirmRow]) -> Totals:
    """Totals of a list of firms."""
    count = {grade: sum(row.grade == grade for row in found) for grade in Grade}
    possible = [row.possible for row in found]
    return Totals(
        meets=count[Grade.MEETS],
        near=count[Grade.NEAR],
        unknown=count[Grade.UNKNOWN],
        fails=count[Grade.FAILS],
        certain=sum((row.certain for row in found), Decimal(0)),
        possible=sum((amount for amount in possible if amount is not None), Decimal(0)),
        bounded=None not in possible,
    )


def sorted_rows(found: Sequence[FirmRow], *, grade: str = "", by: str = "") -> list[FirmRow]:
    """Those of one verdict, in the order asked for: nearest first where nothing is said."""
    keys: dict[str, Callable[[FirmRow], Any]] = {
        "amount": lambda row: (-row.certain, -(row.possible or Decimal(0)), row.pk),
        "name": lambda row: row.pk,
    }
    chosen = [row for row in found if grade in {"", row.grade}]
    return sorted(chosen, key=keys.get(by, lambda row: (ORDER[row.grade], -row.certain, row.pk)))


def standings_of(
    pks: Sequence[int], version: PolicyVersion, *, on: date, at_hand: Board | None = None
) -> dict[int, Standing]:
    """Firms under one version, with clauses and sentences; from the board's facts, no query a firm."""
    found = at_hand or board(on)
    rule = rule_of(version.text)
    if rule is None:
        return {}
    plan = engine.compile_policies([rule], as_of=on, others=results_in_memory.others(found, rule))
    table = results_in_memory.facts_for(found, plan)
    place = {pk: row for row, pk in enumerate(table.pks)}
    return {
        pk: standing(
            plan.explain(results_in_memory.firm_facts(table, place[pk], plan.columns))[0], version, on=on
        )
        for pk in pks
        if pk in place
    }


def standings(firm: Enterprise, *, on: date) -> list[Standing]:
    """One firm under every rule in force, from its facts as they are now."""
    found = board(on)
    versions = {version.policy.code: version for version in found.versions}
    known = facts_of(firm, today=on).values
    return [
        standing(told, versions[told.policy.code], on=on)
        for told in results_in_memory.explained(found.plan, known)
    ]


def sheet(firm: Enterprise, *, on: date) -> Sheet:
    """The same in the order a reader wants it; amounts of groups settled, unconfirmed rules apart."""
    found = board(on)
    versions = {version.policy.code: version for version in found.versions}
    told = results_in_memory.explained(found.plan, facts_of(firm, today=on).values)
    sure = [one for one in told if versions[one.policy.code].confirmed]
    settled = engine.settle(sure)
    every = [standing(one, versions[one.policy.code], on=on) for one in told]
    every.sort(key=_worth)
    graded = {grade: tuple(s for s in every if s.confirmed and s.grade == grade) for grade in Grade}
    possible = sum((s.possible for s in settled.parts if s.possible is not None), Decimal(0))
    return Sheet(
        meets=graded[Grade.MEETS],
        near=graded[Grade.NEAR],
        unknown=graded[Grade.UNKNOWN],
        fails=graded[Grade.FAILS],
        unsure=tuple(s for s in every if not s.confirmed and s.grade != Grade.FAILS),
        certain=settled.certain,
        undecided=possible - settled.certain,
        as_of=found.stamp,
    )


def _worth(one: Standing) -> tuple[Any, ...]:
    """Most certain money first, then most possible, then what lacks least."""
    return (
        -one.certain,
        -(one.possible or Decimal(0)),
        len(one.missing),
        one.last_day or date.max,
        one.policy.pk,
    )


def trial(text: str, *, on: date, ids: Ids) -> Totals | None:
    """What a rule would mean for our firms; None where it cannot be read."""
    rule = rule_of(text)
    if rule is None:
        return None
    found = board(on)
    column, near = results_in_memory.evaluate_one(found, rule, on=on)
    return counted(column, near, found.rows_of(ids))


def entitled(version: PolicyVersion, *, on: date, ids: Ids) -> list[Entitled]:
    """Firms that meet a version: what each is due, to the cent, and why."""
    meeting = [
        row.pk for row in rows(version, on=on, ids=ids) if row.grade == Grade.MEETS and row.certain > 0
    ]
    told = standings_of(meeting, version, on=on)
    firms = Enterprise.objects.select_related("area").in_bulk(meeting)
    return [Entitled(firms[pk], told[pk].certain, reasons(told[pk])) for pk in meeting if pk in firms]


def period_of(version: PolicyVersion, *, on: date) -> str:
    """The period a version pays for: its own, else the year of the day."""
    rule = rule_of(version.text)
    return str(rule.period) if rule is not None and rule.period is not None else f"{on.year}"


@dataclass(frozen=True)
class Closing:
    """A policy whose last day is near, and how many firms could still act."""

    policy: Policy
    days_left: int
    totals: Totals


def closing(account: Account, *, on: date) -> list[Closing]:
    """Confirmed policies about to close with firms that are near or lack data, soonest first."""
    found = board(on)
    soon = [
        version.policy
        for version in found.versions
        if version.confirmed and version.policy.last_day and on <= version.policy.last_day <= on + SOON
    ]
    ids = visible_ids(account) if soon else None
    told = [(policy, totals(found, policy.code, ids)) for policy in soon]
    wanted = [
        Closing(policy, (policy.last_day - on).days, sums)
        for policy, sums in told
        if policy.last_day and sums and (sums.near or sums.unknown)
    ]
    return sorted(wanted, key=lambda one: (one.days_left, one.policy.pk))
