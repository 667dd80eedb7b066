"""django-helpdesk 2.6 in a process of its own: 100,000 tickets, 30 users, 20 queues, SQLite, Django's test client."""

import base64
import json
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

USERS, QUEUES, DAYS = 30, 20, 400
ROWS, ROUNDS, SLOW = 50, 7, {"home": 5, "reports": 5}


def configure(home: Path) -> None:
    """The settings its own demo uses, on a file database."""
    import django
    from django.conf import settings

    settings.configure(
        DEBUG=False,
        SECRET_KEY="bench",  # noqa: S106  a benchmark's own
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        TIME_ZONE="Asia/Shanghai",
        SITE_ID=1,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "helpdesk.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.messages",
            "django.contrib.humanize",
            "django.contrib.staticfiles",
            "django.contrib.admin",
            "rest_framework",
            "helpdesk",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        ROOT_URLCONF="bench.helpdesk_urls",
        STATIC_URL="/static/",
        LOGIN_URL="/login/",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def fill(size: int) -> Any:
    """Tickets of the last 400 days, one in ten open; returns the superuser who asks."""
    from django.contrib.auth import get_user_model
    from django.db import connection
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
        tickets.append(
            Ticket(
                title=f"Ticket {n}",
                description="A loan's renewal lacks a paper",
                queue=queues[n % QUEUES],
                created=created,
                modified=created,
                assigned_to=dice.choice(users),
                status=status,
                due_date=due,
                priority=dice.randrange(1, 6),
                secret_key="k",  # noqa: S106
            )
        )
    made = Ticket.objects.bulk_create(tickets, batch_size=5000)
    moments = [(*_moments(now, n, size), one.pk) for n, one in enumerate(made)]
    with connection.cursor() as cursor:  # bulk_create puts the moment of writing
        cursor.executemany("UPDATE helpdesk_ticket SET created = %s, modified = %s WHERE id = %s", moments)
    return users[0]


def _moments(now: datetime, n: int, size: int) -> tuple[datetime, datetime]:
    """When a ticket was made and, some days later, last touched."""
    created = now - timedelta(days=DAYS * (1 - n / size))
    return created, min(now, created + timedelta(days=n % 40))


def overdue_by_queue(now: datetime) -> list[Any]:
    """The open tickets past their due date, by queue: its own model, one query."""
    from django.db.models import Count
    from helpdesk.models import Ticket

    rows = Ticket.objects.filter(status__in=(1, 2), due_date__lt=now).values("queue").annotate(n=Count("pk"))
    return list(rows.order_by("queue"))


def _listed(rows: int) -> str:
    """The address its list page asks for: its own first list, so many rows."""
    query = {
        "filtering": {"status__in": [1, 2]},
        "filtering_null": {},
        "sorting": "created",
        "sortreverse": True,
        "search_string": "",
    }
    coded = base64.b64encode(json.dumps(query).encode()).decode()
    return (
        f"/datatables_ticket_list/{coded}?draw=1&start=0&length={rows}&order[0][column]=0&order[0][dir]=asc"
    )


def run(size: int, home: Path) -> dict[str, tuple[float, float, int]]:
    """Name -> median milliseconds, of the processor, queries."""
    configure(home)
    user = fill(size)
    from django.utils import timezone

    from bench.pages import page, settled, timed

    client = settled(user)
    calls: dict[str, Callable[[], Any]] = {
        "list": page(client, "/tickets/", _listed(ROWS)),
        "home": page(client, "/dashboard/"),
        "reports": page(client, "/reports/"),
        "overdue": lambda: overdue_by_queue(timezone.now()),
    }
    return {name: timed([call], rounds=SLOW.get(name, ROUNDS)).medians for name, call in calls.items()}


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), Path(sys.argv[2]))))
