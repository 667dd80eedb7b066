"""Every question put to a firm or a unit is counted (问询), and what is known and fresh is not asked again."""

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
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.facts.catalogue import catalogue
from gongjian.enterprises.facts_for_rules.queries import read_mark
from gongjian.enterprises.models import Asking, Enterprise, Fact
from gongjian.enterprises.states import AskingKind, PeriodKind
from gongjian.people.models import Account, Unit

FILE = Path(__file__).resolve().parent / "asking.toml"


@cache
def _table() -> dict[str, dict[str, int]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def asker(by: Account) -> str:
    """Who asks, as a body and never as a person."""
    if by.unit is not None:
        return by.unit.name
    area = by.writes_area or by.reads_area
    return _("%(area)s（未注明单位）") % {"area": area.name if area else "—"}


def count(
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
    """Put a question into the burden ledger, in the caller's transaction; the caller's own event tells of it."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("count() outside a transaction")
    firm = of if isinstance(of, Enterprise) else None
    unit = of if isinstance(of, Unit) else None
    return Asking.objects.create(
        kind=kind,
        what=what[:120],
        enterprise=firm,
        unit=unit,
        area=of.area,
        asked_by=asker(by)[:80],
        by_unit=by.unit,
        on=timezone.localdate(at),
        questions=questions,
        prefilled=min(prefilled, questions),
        minutes=_table()["minutes"][kind] * (questions - min(prefilled, questions)),
        reason=reason.strip()[:200],
    )


@dataclass(frozen=True)
class Known:
    """What is known already: the value, where it comes from, since when."""

    value: str
    source: str
    on: date


def known_fact(firm: Enterprise, *, key: str, period_kind: str, period: date, today: date) -> Known | None:
    """The fresh value of a fact: of a past period for good, of a standing fact for half a year; None when it must be asked."""
    rows = Fact.objects.filter(enterprise=firm, key=key).order_by("-period", "-recorded_at")
    if period_kind == PeriodKind.DAY:
        rows = rows.filter(
            period_kind=PeriodKind.DAY, period__gte=today - timedelta(days=_table()["fresh_days"]["FACT"])
        )
    else:
        rows = rows.filter(period_kind=period_kind, period=period)
    found = rows.first()
    if found is None:
        return None
    shown = found.text if found.value is None else f"{found.value.normalize():f}{found.unit}"
    return Known(shown, found.source, timezone.localdate(found.recorded_at))


def fresh_days(kind: AskingKind) -> int:
    """Within so many days of the last answer the same is not asked again."""
    return _table()["fresh_days"][kind]


def known_datum(firm: Enterprise, *, name: str, today: date) -> Known | None:
    """The same by its name in the rules (营业收入@2026Q1, or a bare key for a standing fact)."""
    key, _at, mark = name.partition("@")
    try:
        kind, period = read_mark(mark) if mark else (PeriodKind.DAY, today)
    except ValueError:
        return None
    return known_fact(firm, key=key, period_kind=kind, period=period, today=today)


def check_unknown(known: Known | None, *, what: str, reason: str) -> None:
    """Refuse to ask for what is known and fresh, unless there is a reason to."""
    if known is not None:
        required_text(
            reason,
            _("%(what)s已经知道：%(value)s（%(source)s，%(on)s）。不必再问；确需再问请写明理由。")
            % {"what": what, "value": known.value, "source": known.source, "on": known.on.isoformat()},
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
    """Ask a firm for figures (要数据): only for what is not known, unless a reason is given."""
    perms.check_keep(by, firm.area)
    today, unknown = timezone.localdate(at), []
    if not keys:
        raise Refused(_("请选要问的数据。"), field="keys")
    for key in keys:
        if key not in catalogue():
            raise Refused(_("数据目录里没有“%(key)s”。请从列表里选。") % {"key": key}, field="keys")
        known = known_fact(firm, key=key, period_kind=period_kind, period=period, today=today)
        check_unknown(known, what=key, reason=reason)
        unknown += [key] if known is None else []
    asking = count(
        kind=AskingKind.FACT,
        what="、".join(keys),
        of=firm,
        by=by,
        at=at,
        questions=len(keys),
        prefilled=len(keys) - len(unknown),
        reason=reason,
    )
    told: dict[str, Any] = {"what": asking.what, "period": period.isoformat(), "reason": reason.strip()}
    record(EnterpriseEvent.ASKED, subject=firm, by=by, at=at, **told)
    return asking
