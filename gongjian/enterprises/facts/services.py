"""Recording dated facts of a firm (企业数据), each with its source, its period and the day it was recorded."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.sensible_days import check_day
from gongjian.audit.services import record
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.fact_batches.bulk_insert import insert_facts
from gongjian.enterprises.facts.catalogue import DATE, TEXT_KINDS, FactKey, catalogue
from gongjian.enterprises.facts.wording import first_day, number_in_words
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
    """Record one value of one period from one source; words and dates are given as `text` instead of `value`.

    `period` is any day in it. A second value from the same source corrects the first; another source adds a value.
    """
    perms.check_keep(by, enterprise.area)
    entry = _entry(key, unit, period_kind)
    if (value is None) is not (entry.kind in TEXT_KINDS):
        raise Refused(_("请填写%(key)s的数值。") % {"key": key}, field="value")
    source = required_text(source, _("请写明数据来源，如企业月报、税务部门。"), field="source")
    period = first_day(period, period_kind)
    check_fact_days(entry, period, text, today=timezone.localdate(at))
    if period > timezone.localdate(at):
        raise Refused(_("这一期还没有到。请核对期别和日期。"), field="period")
    place = {"key": key, "period_kind": period_kind, "period": period, "source": source}
    same: dict[str, Any] = {"enterprise": enterprise} | place
    before = Fact.objects.select_for_update().filter(**same).first()
    if before and (before.value, before.text) == (value, text):
        return before
    facts = {"value": value, "text": text, "unit": entry.unit, "recorded_by": by, "recorded_at": at}
    fact, _created = Fact.objects.update_or_create(**same, defaults=facts | {"batch": None})
    event_data = {
        "key": key,
        "period": period.isoformat(),
        "value": _value_text(value, text),
        "unit": entry.unit,
    }
    name = EnterpriseEvent.FACT_RECORDED
    if before is not None:
        name, event_data["before"] = EnterpriseEvent.FACT_CORRECTED, _value_text(before.value, before.text)
    record(name, subject=enterprise, by=by, at=at, source=source, **event_data)
    return fact


def check_fact_days(entry: FactKey, period: date, text: str, *, today: date) -> None:
    """Refuse a period, or a figure that is a day, that makes no sense. A period still to come has a sentence of its own."""
    check_day(min(period, today), DayMeaning.DONE, today=today, field="period")
    if entry.kind == DATE and text:
        check_day(date.fromisoformat(text), DayMeaning.FACT, today=today, field="value")


def _entry(key: str, unit: str, period_kind: str) -> FactKey:
    """The entry of the catalogue; raises Refused when it does not exist or unit or kind of period do not fit."""
    entry = catalogue().get(key)
    if entry is None:
        raise Refused(_("数据目录里没有“%(key)s”。请从列表里选。") % {"key": key}, field="key")
    if unit and unit != entry.unit:
        raise Refused(
            _("%(key)s的计量单位是%(unit)s。请换算后再填。") % {"key": key, "unit": entry.unit}, field="unit"
        )
    if period_kind not in entry.period_kinds:
        kinds = _("、").join(str(PeriodKind(kind).label) for kind in entry.period_kinds)
        raise Refused(
            _("%(key)s只按%(kinds)s记录。请改选期别。") % {"key": key, "kinds": kinds}, field="period_kind"
        )
    return entry


def _value_text(value: Decimal | None, text: str) -> str:
    return text if value is None else number_in_words(value)


@transaction.atomic
def import_facts(rows: Iterable[Mapping[str, Any]], *, source: str, by: Account, at: datetime) -> int:
    """Record many new values of one source with one event, and return how many; a value already recorded is left as it is."""
    facts = list(rows)
    firms = {row["enterprise"].pk: row["enterprise"] for row in facts}
    for area in {firm.area for firm in firms.values()}:
        perms.check_keep(by, area)
    places = [
        (r["enterprise"].pk, r["key"], r["period_kind"], r["period"], r["value"], r.get("text", ""))
        for r in facts
    ]
    written = insert_facts(places, source=source, batch=None, by=by, at=at, on_existing="kept")
    if written:
        firm = next(iter(firms.values()))
        record(EnterpriseEvent.FACTS_IMPORTED, subject=firm, by=by, at=at, rows=written, source=source)
    return written
