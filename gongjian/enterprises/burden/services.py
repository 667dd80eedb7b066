"""Counts every question put to a firm or a unit (问询), and refuses to ask again for what is known and recent."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.audit.wording import day_in_words
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.facts.catalogue import catalogue
from gongjian.enterprises.facts_for_rules.queries import read_period_mark
from gongjian.enterprises.models import Asking, Enterprise, Fact
from gongjian.enterprises.states import AskingKind, PeriodKind
from gongjian.people.models import Account, Unit

FILE = Path(__file__).resolve().parent / "asking.toml"


@cache
def _table() -> dict[str, dict[str, int]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def asking_body(by: Account) -> str:
    """The name of the body that asks, never of the person."""
    if by.unit is not None:
        return by.unit.name
    area = by.writes_area or by.reads_area
    return _("%(area)s（未注明单位）") % {"area": area.name if area else "—"}


def record_asking(
    *,
    kind: AskingKind,
    what: str,
    of: Enterprise | Unit,
    by: Account,
    at: datetime,
    questions: int = 1,
    prefilled: int = 0,
    reason: str = "",
) -> Asking:
    """Record an asking in the burden ledger, inside the caller's transaction and without an event of its own."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record_asking() outside a transaction")
    firm = of if isinstance(of, Enterprise) else None
    unit = of if isinstance(of, Unit) else None
    return Asking.objects.create(
        kind=kind,
        what=what[:120],
        enterprise=firm,
        unit=unit,
        area=of.area,
        asked_by=asking_body(by)[:80],
        by_unit=by.unit,
        on=timezone.localdate(at),
        questions=questions,
        prefilled=min(prefilled, questions),
        minutes=_table()["minutes"][kind] * (questions - min(prefilled, questions)),
        reason=reason.strip()[:200],
    )


@dataclass(frozen=True)
class KnownAnswer:
    """An answer already known: the value in words, its source and the day it was recorded."""

    value: str
    source: str
    on: date


def known_fact(
    firm: Enterprise, *, key: str, period_kind: str, period: date, today: date
) -> KnownAnswer | None:
    """The value already known, so that it need not be asked; None otherwise.

    The value of a period never goes out of date; a fact without periods does after half a year.
    """
    rows = Fact.objects.filter(enterprise=firm, key=key).order_by("-period", "-recorded_at")
    if period_kind == PeriodKind.DAY:
        rows = rows.filter(
            period_kind=PeriodKind.DAY, period__gte=today - timedelta(days=_table()["fresh_days"]["FACT"])
        )
    else:
        rows = rows.filter(period_kind=period_kind, period=period)
    fact = rows.first()
    if fact is None:
        return None
    shown = fact.text if fact.value is None else f"{fact.value.normalize():f}{fact.unit}"
    return KnownAnswer(shown, fact.source, timezone.localdate(fact.recorded_at))


def fresh_days(kind: AskingKind) -> int:
    """The number of days after an answer during which the same question is not asked again."""
    return _table()["fresh_days"][kind]


def known_fact_by_name(firm: Enterprise, *, name: str, today: date) -> KnownAnswer | None:
    """The value already known, by the name the rules use (营业收入@2026Q1, or a key alone); None otherwise."""
    key, _at, mark = name.partition("@")
    try:
        kind, period = read_period_mark(mark) if mark else (PeriodKind.DAY, today)
    except ValueError:
        return None
    return known_fact(firm, key=key, period_kind=kind, period=period, today=today)


def check_worth_asking(known: KnownAnswer | None, *, what: str, reason: str) -> None:
    """Raise Refused when the answer is already known and no reason is given for asking again."""
    if known is not None:
        required_text(
            reason,
            _("%(what)s已经知道：%(value)s（%(source)s，%(on)s）。不必再问；确需再问请写明理由。")
            % {"what": what, "value": known.value, "source": known.source, "on": day_in_words(known.on)},
            field="reason",
        )


@transaction.atomic
def ask_facts(
    firm: Enterprise,
    *,
    keys: list[str],
    period_kind: PeriodKind | str,
    period: date,
    reason: str = "",
    by: Account,
    at: datetime,
) -> Asking:
    """Ask a firm for figures (要数据); raises Refused for a figure already known unless a reason is given."""
    perms.check_keep(by, firm.area)
    today, unknown = timezone.localdate(at), []
    if not keys:
        raise Refused(_("请选要问的数据。"), field="keys")
    for key in keys:
        if key not in catalogue():
            raise Refused(_("数据目录里没有“%(key)s”。请从列表里选。") % {"key": key}, field="keys")
        known = known_fact(firm, key=key, period_kind=period_kind, period=period, today=today)
        check_worth_asking(known, what=key, reason=reason)
        unknown += [key] if known is None else []
    asking = record_asking(
        kind=AskingKind.FACT,
        what="、".join(keys),
        of=firm,
        by=by,
        at=at,
        questions=len(keys),
        prefilled=len(keys) - len(unknown),
        reason=reason,
    )
    event_data: dict[str, Any] = {"what": asking.what, "period": period.isoformat(), "reason": reason.strip()}
    record(EnterpriseEvent.ASKED, subject=firm, by=by, at=at, **event_data)
    return asking
