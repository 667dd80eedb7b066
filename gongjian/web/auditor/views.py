"""The auditor's page: samples drawn by a stated seed, the check of the hash chain, who confirmed what."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.audit import queries as chain
from gongjian.measures.batches import key_of
from gongjian.measures.measure import Scope
from gongjian.measures.queries import Counted, counted
from gongjian.people.models import Account
from gongjian.problems.closing_quality import queries as closing_quality
from gongjian.problems.queries import LedgerRow, ledger, visible_to, with_readings
from gongjian.problems.sample_call_backs.rules import draw_sample
from gongjian.web.closing_quality.forms import suggested_seed
from gongjian.web.session import account_of

SAMPLE = 5
SAMPLED = ("late", "closed", "reopened", "passed_on")


@dataclass(frozen=True)
class Sample:
    """A few rows of one measure, drawn from all of them."""

    total: Counted
    rows: list[LedgerRow]


@require_GET
def auditor(request: HttpRequest) -> HttpResponse:
    """The auditor's samples; the same seed draws the same rows as long as the ledger is unchanged."""
    account, today = account_of(request), timezone.localdate()
    seed = request.GET.get("seed", "").strip()[:80] or suggested_seed(today) or today.isoformat()
    samples = _samples(account, seed=seed, today=today)
    yesterday = today - timedelta(days=1)
    context = {
        "samples": samples,
        "seed": seed,
        "head": chain.head(),
        "yesterday": yesterday,
        "day": chain.day_head(yesterday),
    }
    return render(request, "auditor/auditor.html", context)


def _samples(account: Account, *, seed: str, today: date) -> list[Sample]:
    """One sample of each kind; the rows of all of them fetched together."""
    keys = closing_quality.keys_counted(visible_to(account), SAMPLED, today=today)
    drawn = {name: draw_sample(numbers, size=SAMPLE, seed=seed) for name, numbers in keys.items()}
    every = {pk for numbers in drawn.values() for pk in numbers}
    rows = {
        row.problem.pk: row
        for row in with_readings(ledger(account, today=today).filter(pk__in=every), today=today)
    }
    return [
        Sample(
            counted(key_of(name), len(keys[name]), Scope(today, account=account)),
            [rows[pk] for pk in numbers if pk in rows],
        )
        for name, numbers in drawn.items()
    ]
