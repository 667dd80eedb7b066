"""The registers of areas, units, persons and accounts as workbooks, filtered as their lists are."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.ledgers.accounts.workbook import account_workbook
from gongjian.ledgers.areas.workbook import area_workbook
from gongjian.ledgers.persons.workbook import person_workbook
from gongjian.ledgers.units.workbook import unit_workbook
from gongjian.people.models import Area
from gongjian.people.queries import tree_in_order
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.people.forms import AccountFilter, PersonFilter, UnitFilter


@require_GET
def areas(_request: HttpRequest) -> HttpResponse:
    """All areas, each with the one that governs it."""
    rows = [area for area, _above in tree_in_order(Area.objects.all())]
    return workbook_answer(area_workbook(rows, words="", as_of=timezone.localtime()), "areas.xlsx")


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The filtered units with their duties."""
    chosen, now = UnitFilter(request.GET), timezone.localtime()
    rows = chosen.rows(timezone.localdate(now))
    return workbook_answer(unit_workbook(rows, words=in_words(chosen), as_of=now), "units.xlsx")


@require_GET
def persons(request: HttpRequest) -> HttpResponse:
    """The filtered persons with the posts they hold."""
    chosen, now = PersonFilter(request.GET), timezone.localtime()
    rows = chosen.rows()
    book = person_workbook(rows, words=in_words(chosen), as_of=now, today=timezone.localdate(now))
    return workbook_answer(book, "persons.xlsx")


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """The filtered accounts; of passwords nothing is known."""
    chosen, now = AccountFilter(request.GET), timezone.localtime()
    rows = chosen.rows()
    return workbook_answer(account_workbook(rows, words=in_words(chosen), as_of=now), "accounts.xlsx")
