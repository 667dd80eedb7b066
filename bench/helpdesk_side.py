"""django-helpdesk 2.6 in a process of its own: 100,000 tickets, 30 users, 20 queues, SQLite, Django's test client."""

import base64
import gc
import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

USERS, QUEUES, DAYS = 30, 20, 400


def configure(home: Path) -> None:
    """The settings its own demo uses, on a file database."""
    import django
    from django.conf import settings

    settings.configure(
        DEBUG=False, SECRET_KEY="bench", ALLOWED_HOSTS=["*"], USE_TZ=True, TIME_ZONE="Asia/Shanghai", SITE_ID=1,  # noqa: S106  a benchmark's own
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "helpdesk.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.sites",
            "django.contrib.messages", "django.contrib.humanize", "django.contrib.staticfiles", "django.contrib.admin", "rest_framework",
            "helpdesk",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
        ],
        ROOT_URLCONF="bench.helpdesk_urls", STATIC_URL="/static/", LOGIN_URL="/login/", DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]},
        }],
    )  # fmt: skip
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def fill(size: int) -> Any:
    """Tickets of the last 400 days, one in ten open; returns the superuser who asks."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone
    from helpdesk.models import Queue, Ticket

    dice, now = Random(7), timezone.now()
    people: Any = get_user_model().objects
    users = [people.create(username=f"u{n}", is_staff=True, is_superuser=n == 0) for n in range(USERS)]
    queues = [Queue.objects.create(title=f"Queue {n}", slug=f"q{n}") for n in range(QUEUES)]
    tickets = []
    for n in range(size):
        created = now - timedelta(days=DAYS * (1 - n / size))
        due = created + timedelta(days=dice.choice((4, 7, 10, 14, 20, 42)))
        status = dice.choices((1, 2, 3, 4, 5), (6, 1, 2, 90, 1))[0]
        tickets.append(Ticket(
            title=f"Ticket {n}", description="A loan's renewal lacks a paper", queue=queues[n % QUEUES], created=created, modified=created,
            assigned_to=dice.choice(users), status=status, due_date=due, priority=dice.randrange(1, 6), secret_key="k",  # noqa: S106
        ))  # fmt: skip
    Ticket.objects.bulk_create(tickets, batch_size=5000)
    return users[0]


def _timed(call: Any, rounds: int) -> float:
    call()
    taken = []
    for _ in range(rounds):
        began = perf_counter()
        call()
        taken.append((perf_counter() - began) * 1000)
    return median(taken)


def overdue_by_queue(now: datetime) -> list[Any]:
    """The open tickets past their due date, by queue: its own model, one query."""
    from django.db.models import Count
    from helpdesk.models import Ticket

    rows = Ticket.objects.filter(status__in=(1, 2), due_date__lt=now).values("queue").annotate(n=Count("pk"))
    return list(rows.order_by("queue"))


def run(size: int, home: Path) -> dict[str, tuple[float, int]]:
    """Name -> median milliseconds, queries."""
    configure(home)
    user = fill(size)
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import get_resolver
    from django.utils import timezone

    get_resolver().url_patterns  # noqa: B018  both sides load every page and freeze before they are timed
    gc.collect()
    gc.freeze()
    client = Client()
    client.force_login(user)
    query = {
        "filtering": {"status__in": [1, 2]},
        "filtering_null": {},
        "sorting": "created",
        "sortreverse": True,
        "search_string": "",
    }
    coded = base64.b64encode(json.dumps(query).encode()).decode()
    listed = f"/datatables_ticket_list/{coded}?draw=1&start=0&length=25&order[0][column]=0&order[0][dir]=asc"
    calls = {"list": listed, "home": "/dashboard/", "reports": "/reports/"}
    found: dict[str, tuple[float, int]] = {}
    for name, address in calls.items():

        def call(address: str = address) -> None:
            answer = client.get(address)
            if answer.status_code != 200:
                raise AssertionError(f"{address}: {answer.status_code}")

        spent = _timed(call, 3)
        with CaptureQueriesContext(connection) as asked:
            call()
        found[name] = (spent, len(asked))
    found["overdue"] = (_timed(lambda: overdue_by_queue(timezone.now()), 7), 1)
    return found


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), Path(sys.argv[2]))))
