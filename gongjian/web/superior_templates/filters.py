"""The rows a template is filled with: those of its ledger's page, as the address filters them."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from gongjian.superior_templates.states import LedgerKind
from gongjian.web.enterprises.views import filtered as firms
from gongjian.web.filter_words import in_words
from gongjian.web.policies.payouts.views import filtered as payouts
from gongjian.web.problems.ledger.views import filtered as problems
from gongjian.web.visits.visit_book.views import filtered as visits

FILTERS: dict[LedgerKind, Callable[[HttpRequest], Any]] = {
    LedgerKind.PROBLEMS: problems,
    LedgerKind.VISITS: visits,
    LedgerKind.FIRMS: firms,
    LedgerKind.PAYOUTS: payouts,
}
PAGES = {  # the page of each ledger, and the route of its own workbook, whose readers may fill a template with it
    LedgerKind.PROBLEMS: ("problem-ledger", "problem-export"),
    LedgerKind.VISITS: ("visit-book", "visit-export"),
    LedgerKind.FIRMS: ("enterprise-register", "enterprise-export"),
    LedgerKind.PAYOUTS: ("payouts", "payouts-export"),
}


def rows_of(request: HttpRequest, ledger: LedgerKind) -> tuple[QuerySet[Any], str]:
    """The filtered rows, and the filter in words."""
    chosen = FILTERS[ledger](request)
    return chosen.qs, in_words(chosen.form)
