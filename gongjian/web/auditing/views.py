"""The auditor's page: samples drawn by a stated seed, the chain, who confirmed what."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.audit import queries as chain
from gongjian.problems import closing
from gongjian.problems.queries import Row, ledger, visible_to, with_readings
from gongjian.problems.sampling import draw
from gongjian.web.closing.forms import suggested_seed
from gongjian.web.signed_in import account_of

SAMPLE = 5
SAMPLED = ("late", "closed", "reopened", "passed_on")


@dataclass(frozen=True)
class Sample:
    """A few rows of one kind, drawn from all of them."""

    key: str
    name: Any
    total: int
    rows: list[Row]


@require_GET
def auditor(request: HttpRequest) -> HttpResponse:
    """The same seed shows the same rows as long as the ledger has not changed."""
    account, today = account_of(request), timezone.localdate()
    seed = request.GET.get("seed", "").strip()[:80] or suggested_seed(today) or today.isoformat()
    samples = []
    for key in SAMPLED:
        numbers = list(
            closing.only(visible_to(account), key, today=today).order_by().values_list("pk", flat=True)
        )
        drawn = draw(numbers, size=SAMPLE, seed=seed)
        rows = with_readings(ledger(account, today=today).filter(pk__in=drawn), today=today)
        rows.sort(key=lambda row: drawn.index(row.problem.pk))
        samples.append(Sample(key, closing.NAMES[key], len(numbers), rows))
    yesterday = today - timedelta(days=1)
    context = {
        "samples": samples,
        "seed": seed,
        "head": chain.head(),
        "yesterday": yesterday,
        "day": chain.day_head(yesterday),
    }
    return render(request, "auditing/auditor.html", context)
