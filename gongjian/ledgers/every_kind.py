"""Everything of a kind as one workbook, as the command `gongjian export` writes it."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from gongjian.enterprises.models import Enterprise
from gongjian.ledgers.accounts.workbook import account_workbook
from gongjian.ledgers.areas.workbook import area_workbook
from gongjian.ledgers.figures.workbook import figure_workbook
from gongjian.ledgers.firms.workbook import firm_workbook
from gongjian.ledgers.payouts.workbook import payout_workbook
from gongjian.ledgers.persons.workbook import person_workbook
from gongjian.ledgers.problems.workbook import problem_workbook
from gongjian.ledgers.sheet import Telephones
from gongjian.ledgers.units.workbook import unit_workbook
from gongjian.ledgers.visits.workbook import visit_workbook
from gongjian.ledgers.vocabulary import MONTHLY_REPORT
from gongjian.people.models import Area, Person, Unit
from gongjian.people.queries import tree_in_order, who_sign_in
from gongjian.policies.models import Payout
from gongjian.problems.models import Problem
from gongjian.visits.models import Visit

Made = Callable[[datetime, Telephones], bytes]


def export_workbook(
    kind: str, *, as_of: datetime, telephones: Telephones, source: str = MONTHLY_REPORT
) -> bytes:
    """The workbook of a kind of ledger (areas, units ...); of facts, what one source has given."""
    if kind == "facts":
        firms = Enterprise.objects.filter(merged_into__isnull=True)
        return figure_workbook(firms, source=source, words="", as_of=as_of, telephones=telephones)
    return WORKBOOKS[kind](as_of, telephones)


def _areas(as_of: datetime, telephones: Telephones) -> bytes:
    rows = [area for area, _above in tree_in_order(Area.objects.all())]
    return area_workbook(rows, words="", as_of=as_of, telephones=telephones)


def _units(as_of: datetime, telephones: Telephones) -> bytes:
    rows = Unit.objects.filter(disabled_on__isnull=True)
    return unit_workbook(rows, words="", as_of=as_of, telephones=telephones)


def _persons(as_of: datetime, telephones: Telephones) -> bytes:
    return person_workbook(
        Person.objects.all(), words="", as_of=as_of, today=timezone.localdate(as_of), telephones=telephones
    )


def _accounts(as_of: datetime, telephones: Telephones) -> bytes:
    rows = who_sign_in().filter(is_active=True)
    return account_workbook(rows, words="", as_of=as_of, telephones=telephones)


def _firms(as_of: datetime, telephones: Telephones) -> bytes:
    rows = Enterprise.objects.filter(merged_into__isnull=True).order_by("area__path", "name", "pk")
    return firm_workbook(rows, words="", as_of=as_of, telephones=telephones)


def _visits(as_of: datetime, telephones: Telephones) -> bytes:
    return visit_workbook(
        Visit.objects.order_by("-starts_on", "pk"), words="", as_of=as_of, telephones=telephones
    )


def _problems(as_of: datetime, telephones: Telephones) -> bytes:
    rows = Problem.objects.order_by("pk")
    return problem_workbook(
        rows, words="", as_of=as_of, today=timezone.localdate(as_of), telephones=telephones
    )


def _payouts(as_of: datetime, telephones: Telephones) -> bytes:
    rows = Payout.objects.select_related("enterprise__area", "version__policy").order_by("pk")
    return payout_workbook(rows, words="", as_of=as_of, telephones=telephones)


WORKBOOKS: dict[str, Made] = {
    "areas": _areas,
    "units": _units,
    "persons": _persons,
    "accounts": _accounts,
    "firms": _firms,
    "visits": _visits,
    "problems": _problems,
    "payouts": _payouts,
}
