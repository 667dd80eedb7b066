"""A mixed ledger of any size, quickly: the invented city's areas, units and people, then problems and assignments by executemany.

The dates that make a light come from the product's own clock; states are spread as in a city that has worked for a year.
The trail is left empty for the bulk: lists, filters and counts read the projection alone.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

CHUNK = 20_000
DAYS = 400
LIMITS = (3, 5, 7, 10, 15, 30)  # working days
TEXTS = 200


def open_home(home: Path) -> None:
    """Settings and tables of an instance in this folder."""
    os.environ |= {
        "GONGJIAN_HOME": str(home),
        "GONGJIAN_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "gongjian.conf.settings",
    }
    from gongjian.cli.instance import create_instance, prepare

    create_instance()
    prepare()


def insert(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Rows by column name, as fast as the database's cursor takes them."""
    from django.db import connection, transaction

    batch: list[dict[str, Any]] = []
    with transaction.atomic(), connection.cursor() as cursor:
        for row in rows:
            batch.append(row)
            if len(batch) == CHUNK:
                _write(cursor, model, batch)
                batch = []
        _write(cursor, model, batch)


def _write(cursor: Any, model: Any, batch: Sequence[dict[str, Any]]) -> None:
    if not batch:
        return
    names = list(batch[0])
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({marks})"
    cursor.executemany(statement, [tuple(row.values()) for row in batch])


def fill(size: int, *, now: datetime, tell: Callable[[str], object] = print) -> None:
    """A city with `size` problems, nine in ten of them ended."""
    from gongjian.invented_city import accounts, places
    from gongjian.invented_city.world import new_world
    from gongjian.people.models import Account

    world = new_world(size="demo", at=now)
    places.build(world)
    Account.objects.update(must_change_password=False)
    accounts.save_passwords(world)
    firms = firms_of(world, max(600, size // 25))
    tell(f"{len(firms):,} firms")
    _ledger(world, size, firms)
    tell(f"{size:,} problems handed over")


def firms_of(world: Any, number: int) -> list[tuple[int, int, str]]:
    """So many firms over the towns: key, area, name."""
    from gongjian.enterprises.models import Enterprise
    from gongjian.people.folded_names import folded_names

    towns = [town for county in world.counties for town in world.townships[county.pk]] or world.counties
    rows = [
        {
            "id": n,
            "name": f"安川市第{n}号机械有限公司",
            "short_name": f"{n}号机械",
            "initials": "",
            "folded": folded_names(f"安川市第{n}号机械有限公司", f"{n}号机械"),
            "area_id": towns[n % len(towns)].pk,
            "address": "",
            "industry_code": "C34",
            "industry": "通用设备制造业",
            "chain": "",
            "status": "ACTIVE",
            "makes": "",
            "buys": "",
        }
        for n in range(1, number + 1)
    ]
    insert(Enterprise, rows)
    return [(row["id"], row["area_id"], row["name"]) for row in rows]


def _dates(now: datetime) -> dict[tuple[int, int], dict[str, Any]]:
    """(days ago, limit) -> the dates of the current checkpoint, from the product's clock."""
    from gongjian.assignments.calendar.queries import current_calendar
    from gongjian.engines.clock.checkpoints import timeline

    calendar, found = current_calendar(), {}
    for ago in range(DAYS):
        start = now - timedelta(days=ago)
        for limit in LIMITS:
            last = timeline([], start, calendar, due=calendar.add(start.date(), limit))[-1]
            found[ago, limit] = {
                "due_on": last.due_on,
                "next_name": last.name,
                "next_due_on": last.due_on,
                "next_warn_on": last.warn_on,
                "next_grave_on": last.grave_on,
            }
    return found


def _state(dice: Random, start: datetime, due: date, now: datetime) -> dict[str, Any]:
    """Nine in ten ended; the others wait, run, hang or are late."""
    on: dict[str, Any] = {"resolved_on": None, "closed_on": None, "outcome": ""}
    done = min(start.date() + timedelta(days=dice.randrange(1, 40)), now.date())
    draw = dice.random()
    if draw < 0.9:
        outcome = dice.choices(("SOLVED", "EXPLAINED", "DEFERRED"), (85, 12, 3))[0]
        return on | {"state": "CLOSED", "resolved_on": done, "closed_on": done, "outcome": outcome}
    if draw < 0.93:
        return on | {"state": dice.choice(("RESOLVED", "CHECKED")), "resolved_on": done, "outcome": "SOLVED"}
    if draw < 0.935:
        return on | {"state": "ON_HOLD"}
    if due < now.date() and dice.random() < 0.9:
        return on | {"state": "CLOSED", "resolved_on": done, "closed_on": done, "outcome": "SOLVED"}
    return on | {"state": dice.choice(("ASSIGNED", "IN_PROGRESS", "IN_PROGRESS", "IN_PROGRESS"))}


def _ledger(world: Any, size: int, firms: Sequence[tuple[int, int, str]]) -> None:
    from gongjian.assignments.models import Assignment
    from gongjian.problems.models import Problem

    dice, dates = Random(7), _dates(world.at)
    units = [unit for unit in world.units.values() if world.heads.get(unit.pk)]
    texts = [
        f"{a}{b}，请协调解决"
        for a in (
            "续贷手续缺材料",
            "缺熟练技工",
            "厂区道路破损",
            "电价偏高",
            "用地指标未落实",
            "环评迟迟未批",
            "货车进城受限",
            "补贴未到账",
            "供水不稳",
            "订单下滑",
        )
        for b in range(TEXTS // 10)
    ]
    kinds = (
        "FINANCE",
        "LABOUR",
        "LAND",
        "APPROVAL",
        "ENVIRONMENT",
        "MARKET",
        "LOGISTICS",
        "UTILITIES",
        "POLICY",
        "OTHER",
    )
    tasks, problems, words = [], [], []
    for n in range(1, size + 1):
        ago, limit = int(DAYS * (1 - n / (size + 1))), dice.choice(LIMITS)
        start, found = world.at - timedelta(days=ago), dates[ago, limit]
        unit, (firm, area, name) = dice.choice(units), firms[n % len(firms)]
        head = world.heads[unit.pk][0]
        text = texts[n % len(texts)]
        tasks.append(
            {
                "id": n,
                "source": "PROBLEM",
                "task": text,
                "area_id": area,
                "lead_unit_id": unit.pk,
                "responsible_person_id": head.pk,
                "grade": "",
                "on_the_spot": n % 3 == 0,
                "handed_over_by_id": world.clerk.pk,
                "handed_over_at": start,
                "round": 1,
                "provisional": False,
                "objections": 0,
                "dispatches": 1,
                "last_event": 0,
                "served": 1,
                **found,
                **_state(dice, start, found["due_on"], world.at),
            }
        )
        problems.append(
            {
                "id": n,
                "kind": "DIFFICULTY",
                "category": kinds[n % len(kinds)],
                "text": text,
                "enterprise_id": firm,
                "area_id": area,
                "raised_by": "",
                "channel": "VISIT",
                "origin": "COUNTY",
                "recorded_by_id": world.clerk.pk,
                "recorded_at": start,
                "answer": "",
                "assignment_id": n,
            }
        )
        words.append((n, f"WT{start:%Y}-{n:06d}", text, name, unit.name, head.name))
    insert(Assignment, _whole(Assignment, tasks))
    insert(Problem, _whole(Problem, problems))
    _index(words)


def _whole(model: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the defaults of the columns that the generator does not know."""
    given = rows[0]
    more = {
        field.column: field.get_default()
        for field in model._meta.local_concrete_fields
        if field.column not in given and not field.null and not field.primary_key
    }
    return [row | more for row in rows]


def _index(words: Sequence[tuple[Any, ...]]) -> None:
    """The search rows, bigrams of what repeats made once."""
    from functools import cache

    from django.db import connection, transaction

    from gongjian.engines.writing.folding import fold_name
    from gongjian.problems.search.rules import bigrams
    from gongjian.problems.search.table import ROWS

    grams = cache(bigrams)
    rows = []
    for pk, *parts in words:
        folded = [fold_name(part) for part in parts]
        rows.append(
            (pk, " ".join([bigrams(folded[0]), *(grams(part) for part in folded[1:])]), "\n".join(folded))
        )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(ROWS["add_grams"], rows)
