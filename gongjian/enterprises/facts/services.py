"""Dated facts of a firm (企业数据): each with its source, period and date."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.fact_batches.bulk_insert import insert_facts
from gongjian.enterprises.facts.catalogue import WORDS, FactKey, catalogue
from gongjian.enterprises.facts.wording import first_day, plain
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.enterprises.states import PeriodKind
from gongjian.people.models import Account


@transaction.atomic
def record_fact(
    enterprise: Enterprise,
    *,
    key: str,
    period_kind: PeriodKind | str,
    period: date,
    value: Decimal | None,
    source: str,
    by: Account,
    at: datetime,
    unit: str = "",
    text: str = "",
) -> Fact:
    """One value of one period from one source; `text` instead of `value` for facts that are words or dates.

    Any day of the period may be given. The same source again corrects its value; another source stands beside it.
    """
    perms.check_keep(by, enterprise.area)
    entry = _entry(key, unit, period_kind)
    if (value is None) is not (entry.kind in WORDS):
        raise Refused(_("请填写%(key)s的数值。") % {"key": key}, field="value")
    source = required_text(source, _("请写明数据来源，如企业月报、税务部门。"), field="source")
    period = first_day(period, period_kind)
    if period > timezone.localdate(at):
        raise Refused(_("这一期还没有到。请核对期别和日期。"), field="period")
    place = {"key": key, "period_kind": period_kind, "period": period, "source": source}
    same: dict[str, Any] = {"enterprise": enterprise} | place
    before = Fact.objects.select_for_update().filter(**same).first()
    if before and (before.value, before.text) == (value, text):
        return before
    facts = {"value": value, "text": text, "unit": entry.unit, "recorded_by": by, "recorded_at": at}
    fact, _made = Fact.objects.update_or_create(**same, defaults=facts | {"batch": None})
    told = {"key": key, "period": period.isoformat(), "value": _told_value(value, text), "unit": entry.unit}
    name = EnterpriseEvent.FACT_RECORDED
    if before is not None:
        name, told["before"] = EnterpriseEvent.FACT_CORRECTED, _told_value(before.value, before.text)
    record(name, subject=enterprise, by=by, at=at, source=source, **told)
    return fact


def _entry(key: str, unit: str, period_kind: str) -> FactKey:
    """The entry of the catalogue, if unit and kind of period fit it."""
    entry = catalogue().get(key)
    if entry is None:
        raise Refused(_("数据目录里没有“%(key)s”。请从列表里选。") % {"key": key}, field="key")
    if unit and unit != entry.unit:
        raise Refused(
            _("%(key)s的计量单位是%(unit)s。请换算后再填。") % {"key": key, "unit": entry.unit}, field="unit"
        )
    if period_kind not in entry.period_kinds:
        kinds = "、".join(str(PeriodKind(kind).label) for kind in entry.period_kinds)
        raise Refused(
            _("%(key)s只按%(kinds)s记录。请改选期别。") % {"key": key, "kinds": kinds}, field="period_kind"
        )
    return entry


def _told_value(value: Decimal | None, text: str) -> str:
    return text if value is None else plain(value)


@transaction.atomic
def import_facts(rows: Iterable[Mapping[str, Any]], *, source: str, by: Account, at: datetime) -> int:
    """Many new values of one source at once, one event; a value already there from this source is left alone."""
    facts = list(rows)
    firms = {row["enterprise"].pk: row["enterprise"] for row in facts}
    for area in {firm.area for firm in firms.values()}:
        perms.check_keep(by, area)
    places = [
        (r["enterprise"].pk, r["key"], r["period_kind"], r["period"], r["value"], r.get("text", ""))
        for r in facts
    ]
    came = insert_facts(places, source=source, batch=None, by=by, at=at, standing="kept")
    if came:
        firm = next(iter(firms.values()))
        record(EnterpriseEvent.FACTS_IMPORTED, subject=firm, by=by, at=at, rows=came, source=source)
    return came
