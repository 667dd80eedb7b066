"""Keeping the catalogue of indicators: loading the one that is shipped, adding, changing and disabling entries."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.indicators import perms
from gongjian.indicators.events import IndicatorEvent
from gongjian.indicators.models import Indicator
from gongjian.indicators.rules import KEY, BadFormula, read_formula
from gongjian.people.models import Account

FILE = Path(__file__).resolve().parent / "catalogue.toml"
LAST_DAY = 31


def shipped() -> list[dict[str, Any]]:
    """The entries of the catalogue that comes with the product, in their order."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["indicator"]
    return [entry | {"order": number} for number, entry in enumerate(entries, 1)]


@transaction.atomic
def load_catalogue(*, by: Account | None, at: datetime) -> list[Indicator]:
    """Add the shipped indicators where the office has none yet; an office's own catalogue is left as it is."""
    if Indicator.objects.exists():
        return []
    return [add_indicator(**entry, by=by, at=at) for entry in shipped()]


@transaction.atomic
def add_indicator(*, key: str, name: str, by: Account | None, at: datetime, **facts: Any) -> Indicator:
    """Add an indicator to the catalogue."""
    perms.check_keep_catalogue(by)
    if not KEY.match(key):
        raise Refused(_("代码只用小写字母、数字和下划线，以字母开头，如 retail。"), field="key")
    if Indicator.objects.filter(key=key).exists():
        raise Refused(_("代码“%(key)s”已经用过。请换一个。") % {"key": key}, field="key")
    row = Indicator(key=key, **_checked({"name": name} | facts, key=key, own=None))
    row.save()
    record(IndicatorEvent.ADDED, subject=row, by=by, at=at, indicator=row.name)
    return row


@transaction.atomic
def update_indicator(indicator: Indicator, *, by: Account, at: datetime, **facts: Any) -> Indicator:
    """Change an indicator; its code stays, since formulas name it."""
    perms.check_keep_catalogue(by)
    row = Indicator.objects.select_for_update().get(pk=indicator.pk)
    if bool(facts.get("formula", row.formula)) is not row.derived and row.figures.exists():
        raise Refused(_("这个指标已有数据，不能改成计算指标。请停用它，另建一个。"), field="formula")
    changes = set_fields(row, _checked(facts, key=row.key, own=row.pk))
    row.save()
    record(IndicatorEvent.CHANGED, subject=row, by=by, at=at, indicator=row.name, **changes)
    return row


def _checked(facts: dict[str, Any], *, key: str, own: int | None) -> dict[str, Any]:
    """The facts, cleaned; raises Refused for a name in use, a day that is none or a formula that cannot be computed."""
    name = required_text(facts["name"], _("请写指标名称。"), field="name")
    if Indicator.objects.filter(name=name).exclude(pk=own or 0).exists():
        raise Refused(_("指标“%(name)s”已经在目录里。") % {"name": name}, field="name")
    if not 1 <= facts.get("due_day", 1) <= LAST_DAY:
        raise Refused(_("报送日期写 1 到 31 之间的数。"), field="due_day")
    formula = (facts.get("formula") or "").strip()
    if formula:
        _check_formula(formula, key=key)
    ended = facts.get("disabled_on")
    return facts | {
        "name": name,
        "formula": formula,
        "disabled_on": ended if isinstance(ended, date) else None,
    }


def _check_formula(text: str, *, key: str) -> None:
    try:
        formula = read_formula(text)
    except BadFormula as bad:
        raise Refused(
            _("公式看不懂。可以写 sum(a, b)、growth(a)、share(a, b) 或 per_head(a, b)，a、b 为指标代码。"),
            field="formula",
        ) from bad
    formulas = dict(Indicator.objects.values_list("key", "formula"))
    if missing := [each for each in formula.of if each not in formulas]:
        raise Refused(_("目录里没有代码“%(key)s”。请先新增它。") % {"key": missing[0]}, field="formula")
    waiting, seen = list(formula.of), set[str]()
    while waiting:
        each = waiting.pop()
        if each == key:
            raise Refused(_("公式绕回了指标自己。请改公式。"), field="formula")
        if each not in seen and formulas.get(each):
            waiting += read_formula(formulas[each]).of
        seen.add(each)
