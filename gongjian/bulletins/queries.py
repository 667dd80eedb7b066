"""Bulletins an account may see, and the records behind their numbers."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongjian.bulletins.models import Bulletin, BulletinNumber
from gongjian.bulletins.weekly_brief.numbers import BriefScope, measured, rows_counted
from gongjian.measures.table import MEASURES
from gongjian.people.models import Account, Area
from gongjian.people.queries import within


def visible_to(account: Account) -> QuerySet[Bulletin]:
    """The bulletins of the areas the account reads."""
    return Bulletin.objects.filter(within(account.reads_area))


def rows_of(number: BulletinNumber) -> QuerySet[Any]:
    """The records a number counted when it was made, in whatever state they are now."""
    scope = _scope(number)
    model = measured(number.query["measure"], scope).model
    rows: QuerySet[Any] = model._default_manager.filter(pk__in=number.rows).order_by("pk")
    return rows


def count_again(number: BulletinNumber) -> int | None:
    """The result of the same query now, which may differ from the number in the bulletin.

    None where the word had another definition when the bulletin was made: then the two cannot be compared.
    """
    query = number.query
    if query.get("definition") != MEASURES[query["measure"]].definition:
        return None
    return len(rows_counted(query["measure"], _scope(number), unit=query["unit"], own=query["own"]))


def _scope(number: BulletinNumber) -> BriefScope:
    query = number.query
    first, last, today = (date.fromisoformat(query[key]) for key in ("first", "last", "today"))
    return BriefScope(Area.objects.get(pk=query["area"]), first, last, today)
