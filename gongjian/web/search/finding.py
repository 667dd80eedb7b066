"""What a text finds, kind by kind: each by the names and initials of its room, and only what the account may open."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.assignments import queries as assignments
from gongjian.assignments.models import Assignment, Escalation
from gongjian.audit.wording import day_in_words
from gongjian.engines.writing.excerpts import excerpt
from gongjian.enterprises import queries as enterprises
from gongjian.people.models import Account, Person, Tenure, Unit
from gongjian.people.pinyin import unit_initials
from gongjian.people.queries import find_persons, in_force, named_like
from gongjian.policies.models import Policy
from gongjian.policies.wording import policy_text
from gongjian.problems import queries as problems
from gongjian.problems.models import Problem
from gongjian.projects import queries as projects
from gongjian.visits import queries as visits
from gongjian.visits.models import Visit
from gongjian.web.templatetags.gongjian import page_of

NUMBER = re.compile(r"(WT|JB|DB)\s*\d{4}\s*[-－—]?\s*(\d{1,9})", re.IGNORECASE)
TEXT = 40  # characters of a problem in its line


@dataclass(frozen=True)
class Hit:
    """One record: what it is called, what tells it from its namesakes, where it opens."""

    name: str
    hint: str
    url: str


@dataclass(frozen=True)
class Group:
    """The hits of one kind, and the list that has them all (or "")."""

    kind: "str | Promise"
    icon: str
    hits: Sequence[Hit]
    more: str = ""


def of_number(account: Account, text: str) -> Hit | None:
    """The record whose number this is, if the account may open it: WT a problem, JB a task, DB a supervision slip.

    A number that problems brought from an office's ledger counts before the product's own.
    """
    if (own := _of_own_number(account, text)) or not (matched := NUMBER.fullmatch(text)):
        return own
    kind, pk = matched.group(1).upper(), int(matched.group(2))
    rows: QuerySet[Any]
    if kind == "WT":
        rows, route = problems.visible_to(account), "problem"
    elif kind == "JB":
        rows, route = assignments.visible_to(account), "assignment"
    else:
        rows, route = assignments.escalations(account, standing="ever"), "escalation"
    row: Problem | Assignment | Escalation | None = rows.filter(pk=pk).first()
    return Hit(row.number, "", page_of(route, row.pk)) if row else None


def _of_own_number(account: Account, text: str) -> Hit | None:
    """The one problem that has this number from its office's ledger."""
    if not any(sign.isdigit() for sign in text):
        return None
    rows = problems.visible_to(account).filter(own_number__iexact=text)[:2]
    return Hit(rows[0].number, "", page_of("problem", rows[0].pk)) if len(rows) == 1 else None


def found(account: Account, text: str, *, each: int, today: date, numbered: Hit | None = None) -> list[Group]:
    """At most `each` hits of every kind that has any."""
    if not text:
        return []
    groups = [Group(_("编号"), "paper", [numbered])] if numbered else []
    groups += [find(account, text, each, today) for find in FINDERS]
    return [group for group in groups if group.hits]


def _firms(account: Account, text: str, each: int, _today: date) -> Group:
    rows = enterprises.search_firms(text, account=account, limit=each).select_related("area")
    hits = [Hit(firm.name, str(firm.area), page_of("enterprise", firm.pk)) for firm in rows]
    return Group(_("企业"), "firm", hits, _list("enterprise-register", text, hits, each))


def _problems(account: Account, text: str, each: int, today: date) -> Group:
    rows = problems.search(problems.ledger(account, today=today), text)[:each]
    hits = [
        Hit(excerpt(row.text, TEXT), f"{row.number} · {row.enterprise}", page_of("problem", row.pk))
        for row in rows
    ]
    return Group(_("问题"), "ledger", hits, _list("problem-ledger", text, hits, each))


def _visits(account: Account, text: str, each: int, _today: date) -> Group:
    rows = visits.visible_to(account).filter(_of_visit(text)).distinct().order_by("-starts_on", "-pk")[:each]
    hits = [Hit(visit.title, day_in_words(visit.starts_on), page_of("visit", visit.pk)) for visit in rows]
    return Group(_("走访与会议"), "visit", hits, _list("visit-book", text, hits, each))


def _of_visit(text: str) -> Q:
    """Its title or place, whoever leads it, and the firms of it."""
    named = Q(title__icontains=text) | Q(place__icontains=text) | named_like(text, "lead")
    at = Visit.objects.filter(named_like(text, "stops__enterprise")).values("pk")
    return named | Q(pk__in=at)


def _units(_account: Account, text: str, each: int, _today: date) -> Group:
    rows = (
        Unit.objects.filter(named_like(text))
        .select_related("area")
        .order_by("disabled_on", "area__depth", "order", "pk")
    )
    hits = [Hit(unit.name, str(unit.area), page_of("unit", unit.pk)) for unit in rows[:each]]
    return Group(_("单位"), "unit", hits, _list("units", text, hits, each))


def _persons(_account: Account, text: str, each: int, today: date) -> Group:
    people = list(find_persons(text, limit=each))
    posts = _posts_of(people, today)
    hits = [Hit(person.name, posts.get(person.pk, ""), page_of("person", person.pk)) for person in people]
    return Group(_("人员"), "person", hits, _list("persons", text, hits, each))


def _posts_of(people: Iterable[Person], today: date) -> dict[int, str]:
    """The first post of each person in force today."""
    held: QuerySet[Tenure] = in_force(today).filter(person__in=people).select_related("post__unit")
    posts: dict[int, str] = {}
    for tenure in held.order_by("-post__is_principal", "post__order", "pk"):
        posts.setdefault(tenure.person_id, str(tenure.post))
    return posts


def _policies(_account: Account, text: str, each: int, _today: date) -> Group:
    written = Q(name__icontains=text) | Q(document__icontains=text) | Q(code__icontains=text)
    if text.isascii() and text.isalpha() and len(text) > 1:
        spelt = [
            pk
            for pk, name in Policy.objects.values_list("pk", "name")
            if text.lower() in unit_initials(name, "")
        ]
        written |= Q(pk__in=spelt)
    rows = Policy.objects.filter(written).order_by("name", "pk")[:each]
    hits = [Hit(policy.title, policy_text(policy.document), page_of("policy", policy.pk)) for policy in rows]
    return Group(_("惠企政策"), "gift", hits, _list("policies", text, hits, each))


def _projects(account: Account, text: str, each: int, _today: date) -> Group:
    rows = projects.search_projects(text, account=account, limit=each)
    hits = [
        Hit(row.name, f"{row.area} · {row.get_stage_display()}", page_of("project", row.pk)) for row in rows
    ]
    return Group(_("重点项目"), "ledger", hits, _list("projects", text, hits, each))


FINDERS: tuple[Callable[[Account, str, int, date], Group], ...] = (
    _firms,
    _problems,
    _projects,
    _persons,
    _units,
    _visits,
    _policies,
)


def _list(route: str, text: str, hits: Sequence[Hit], each: int) -> str:
    """The list of the kind with the text as its filter, where there may be more than is shown."""
    return f"{reverse(route)}?{urlencode({'q': text})}" if len(hits) == each else ""
