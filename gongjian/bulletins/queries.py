"""Bulletins an account may see, and the records behind their numbers."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet

from gongjian.audit.wording import paper_words
from gongjian.bulletins.editing.outline import filled
from gongjian.bulletins.models import Bulletin, BulletinKind, BulletinNumber
from gongjian.bulletins.weekly_brief.numbers import BriefScope, measured, rows_counted
from gongjian.bulletins.wording import not_open, number_heads, title_of
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.measures.table import MEASURES
from gongjian.people.models import Account, Area
from gongjian.people.queries import within
from gongjian.problems.models import Problem
from gongjian.problems.queries import visible_to as visible_problems
from gongjian.visits.models import Stop
from gongjian.visits.queries import visible_to as visible_visits

PROBLEM_NUMBER = re.compile(r"WT\d{4}-(\d+)")


def visible_to(account: Account) -> QuerySet[Bulletin]:
    """The bulletins of the areas the account reads."""
    return Bulletin.objects.filter(within(account.reads_area))


def next_issue(area: Area, year: int, kind: str = BulletinKind.BRIEF) -> int:
    """The number after the last bulletin of a kind of an area in a year."""
    made = Bulletin.objects.filter(area=area, kind=kind, year=year)
    return int(made.aggregate(last=Max("issue"))["last"] or 0) + 1


def same_period(
    area: Area, first: date, last: date, *, kind: str = BulletinKind.BRIEF, title: str = ""
) -> Bulletin | None:
    """The newest bulletin of a kind of an area for exactly these days, if there is one; of specials, of one subject."""
    made = Bulletin.objects.filter(area=area, kind=kind, period_from=first, period_to=last)
    if kind == BulletinKind.SPECIAL:
        made = made.filter(title=title)
    return made.order_by("-pk").first()


def same_bulletin(area: Area, facts: Mapping[str, Any]) -> Bulletin | None:
    """The bulletin of the kind, the days and the subject that a form names, if there is one."""
    unit = facts.get("unit")
    title = title_of(facts["kind"], area=area.name, subject=unit.name if unit else "")
    return same_period(area, facts["first"], facts["last"], kind=facts["kind"], title=title)


def rows_of(number: BulletinNumber) -> QuerySet[Any]:
    """The records a number counted when it was made, in whatever state they are now."""
    scope = _scope(number)
    model = measured(number.query["measure"], scope).model
    rows: QuerySet[Any] = model._default_manager.filter(pk__in=number.rows).order_by("pk")
    return rows


def seen(rows: QuerySet[Any], account: Account) -> QuerySet[Any]:
    """Those of the counted records whose own page the account may open."""
    if rows.model is Problem:
        return rows.filter(pk__in=visible_problems(account).order_by().values("pk"))
    visits = visible_visits(account).order_by().values("pk")
    if rows.model is Stop:
        return rows.filter(visit__in=visits, enterprise__in=visible_firms(account).order_by().values("pk"))
    return rows.filter(pk__in=visits)


def blocks_for(bulletin: Bulletin, account: Account) -> list[dict[str, Any]]:
    """The text of a bulletin without the rows that name a problem the account may not open; how many those are is said."""
    blocks = filled(bulletin.content.get("blocks", []))
    with paper_words(bulletin.area.name):
        named = {number for block in blocks for number, _row in _numbered(block) if number}
        closed = _not_open(named, account)
        return [_shown_block(block, closed) for block in blocks]


def _numbered(block: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """The rows of a table, each with the number of the problem it names; empty where it names none."""
    numbered = (block.get("head") or [""])[0] in number_heads()
    return [(_number_of(row, numbered=numbered), row) for row in block.get("rows", ())]


def _number_of(row: list[Any], *, numbered: bool) -> str:
    first = row[0] if row and isinstance(row[0], str) else ""
    return first if numbered or PROBLEM_NUMBER.fullmatch(first) else ""


def _not_open(numbers: set[str], account: Account) -> set[str]:
    """The numbers of problems that the account may not open; an office's own number may be that of several."""
    keys = {n: int(found.group(1)) for n in numbers if (found := PROBLEM_NUMBER.fullmatch(n))}
    named = Problem.objects.filter(Q(own_number__in=numbers) | Q(pk__in=keys.values(), own_number=""))
    held = [(problem.pk, problem.number) for problem in named]
    open_ones = set(
        visible_problems(account).filter(pk__in=[pk for pk, _n in held]).values_list("pk", flat=True)
    )
    gone = set(keys) - {number for _pk, number in held}
    return gone | {number for pk, number in held if pk not in open_ones}


def _shown_block(block: dict[str, Any], closed: set[str]) -> dict[str, Any]:
    rows = _numbered(block)
    shown = [row for number, row in rows if number not in closed]
    if len(shown) == len(rows):
        return block
    hidden = not_open(len(rows) - len(shown))
    if not shown:
        return {"kind": "paragraph", "runs": [hidden]}
    return block | {"rows": [*shown, ["—", hidden, *["—"] * (len(block["head"]) - 2)]]}


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
