"""The same measure asked through page, export, interface, digest and brief gives the same number."""

import io
from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongjian.bulletins import services as bulletins
from gongjian.bulletins.queries import count_again
from gongjian.cli import ledger as ledger_command
from gongjian.cli.main import main
from gongjian.measures.measure import Scope
from gongjian.measures.queries import count
from gongjian.measures.states import Counts, Days
from gongjian.measures.table import TABLE
from gongjian.notices import services as notices
from gongjian.notices.daily_digest import LISTED
from gongjian.notices.models import Sending
from gongjian.people.models import Account, Area
from gongjian.people.states import Role
from gongjian.web.measures.addresses import address_of
from tests import scenes
from tests.factories import AT, ApiSystemFactory, AskingFactory, ChannelFactory, ComplaintFactory
from tests.papers.reading import bookmarks
from tests.web.counting import rows_behind
from tests.web.small_city import shared, small_city
from tests.web.test_pages import signed_in

OF_PROBLEMS = [measure.key for measure in TABLE if measure.counts == Counts.PROBLEMS]
WAITING = {"RESOLVED", "CHECKED"}
BY_INTERFACE = {  # what the interface says of a problem, for each measure it can be counted by
    "new": lambda one: one["state"] == "NEW",
    "unfiled": lambda one: one["service_code"] == "UNFILED",
    "unsettled": lambda one: one["status"] == "open",
    "open": lambda one: one["status"] == "open" and one["state"] != "NEW",
    "green": lambda one: one["status"] == "open" and one["light"] == "GREEN",
    "yellow": lambda one: one["status"] == "open" and one["light"] == "YELLOW",
    "red": lambda one: one["status"] == "open" and one["light"] == "RED",
    "dark_red": lambda one: one["status"] == "open" and one["light"] == "DARK_RED",
    "on_hold": lambda one: one["state"] == "ON_HOLD",
    "objected": lambda one: one["state"] == "OBJECTED",
    "to_check": lambda one: one["state"] == "RESOLVED",
    "to_close": lambda one: one["state"] == "CHECKED",
    "overdue": lambda one: one["state"] in {"ASSIGNED", "OBJECTED", "IN_PROGRESS"} and late(one),
}
LISTS = {  # the list on the page, and its export
    "visits": ("visit-book", "visit-export", "?kind=VISIT"),
    "complaints": ("complaints", "complaint-export", "?q=没有这样的话"),
    "payouts": ("payouts", "payouts-export", "?state=PAID"),
    "introductions": ("introductions", "introduction-export", "?result=PENDING"),
    "askings": ("askings", "burden-export", "?kind=WORD"),
}


def late(one):
    return bool(one["next_due_on"]) and one["next_due_on"] < timezone.localdate().isoformat()


def sheet(client, address):
    """The rows of an exported workbook, and what its note and its last line say."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    lines = [list(row) for row in page.iter_rows(values_only=True)]
    *_head, last = [line for line in lines if any(cell not in (None, "") for cell in line)]
    return lines[3 : lines.index(last)], str(lines[1][0]), str(last[0])


def exported(client, number):
    rows, note, last = sheet(client, f"{reverse('problem-export')}?{urlsplit(address_of(number)).query}")
    assert last == f"共 {len(rows)} 行"
    assert number.measure.label in note
    return len(rows)


def told_by_interface(token):
    client = Client(headers={"authorization": f"Bearer {token}"})
    found: list[dict[str, Any]] = []
    page: dict[str, Any] = {"next_after": 0}
    while page["next_after"] is not None:
        page = client.get(f"/open311/v2/requests.json?limit=200&after={page['next_after']}").json()
        found += page["requests"]
    return found


def check_everywhere(account, token, area):
    """Every measure of problems by table, page, export; where the interface tells it, by the interface."""
    today, client = timezone.localdate(), signed_in(account)
    told = told_by_interface(token)
    counted = {}
    for key in OF_PROBLEMS:
        number = count(key, Scope(today, account=account))
        by_page, by_export = rows_behind(client, address_of(number)), exported(client, number)
        assert number.number == by_page == by_export, (key, number.number, by_page, by_export)
        if key in BY_INTERFACE:
            assert number.number == sum(map(BY_INTERFACE[key], told)), key
        counted[key] = number.number
    assert counted["recorded"] == len(told) == count("recorded", Scope(today, area=area)).number
    return counted


@pytest.fixture
def made(db):
    return scenes.ledger(timezone.now() - timedelta(minutes=5))


def test_problems_are_counted_alike_by_page_export_and_interface(made):
    c = made.city
    ApiSystemFactory(area=c.city, token="gj_counting")
    counted = check_everywhere(c.clerk, "gj_counting", c.city)
    assert counted["open"] > 0 < counted["new"]


@pytest.mark.parametrize("name", LISTS)
def test_an_export_holds_the_rows_of_its_page_and_says_which(made, name):
    page, export, narrower = LISTS[name]
    c = made.city
    AskingFactory(enterprise=c.firm)
    ComplaintFactory(area=c.county)
    client = signed_in(c.clerk)
    everything, note, last = sheet(client, reverse(export))
    assert note.startswith("全部")
    assert last == f"共 {len(everything)} 行"
    assert everything
    if name != "visits":  # one row a firm visited
        assert len(everything) == rows_behind(client, reverse(page))
    some, note, _last = sheet(client, reverse(export) + narrower)
    assert not note.startswith("全部")
    if name != "visits":
        assert len(some) == rows_behind(client, reverse(page) + narrower)


def test_the_book_of_visits_has_a_row_for_each_firm_of_the_visits_on_its_page(made):
    client, today = signed_in(made.city.clerk), timezone.localdate()
    rows, _note, _last = sheet(client, reverse("visit-export") + "?kind=VISIT")
    assert len(rows) == count("stops", Scope(today, account=made.city.clerk)).number
    assert len({(row[1], row[4]) for row in rows}) == rows_behind(
        client, reverse("visit-book") + "?kind=VISIT"
    )


@pytest.mark.parametrize("unread", [1, LISTED, LISTED + 7])
def test_a_digest_tells_as_many_notices_as_are_unread(db, unread):
    c = scenes.city()
    account = c.clerk
    channel = ChannelFactory(account=account, unit=None)
    for n in range(unread):
        notices.notify(to=[account], key=f"k{n}", kind="TASK", sentence=f"第{n}件事", by=None, at=AT)
    morning = AT.astimezone(timezone.get_current_timezone()).replace(hour=10, minute=0)
    notices.make_digests(working=True, at=morning)
    sending = Sending.objects.get(channel=channel)
    number = count("unread", Scope(AT.date(), account=account))
    listed = [line for line in sending.text.splitlines() if line[0].isdigit()]
    rest = unread - LISTED if unread > LISTED else 0
    assert (f"其余 {rest} 条" in sending.text) is bool(rest)
    assert sending.count == number.number == len(listed) + rest == unread
    assert rows_behind(signed_in(account), address_of(number)) == unread


def check_brief(bulletin, account):
    """Every number of a brief on its page, in its Word file, behind its link, and asked of the table again."""
    client = signed_in(account)
    file = client.get(reverse("bulletin-file", args=[bulletin.pk])).content
    marks = bookmarks(file)
    for number in bulletin.numbers.all():
        query = number.query
        rows = rows_behind(client, reverse("number", args=[bulletin.pk, number.anchor]))
        assert int(number.value) == len(number.rows) == rows == count_again(number), number.label
        assert marks[number.anchor] == number.value, number.label
        if not query["own"]:
            scope = Scope(
                bulletin.as_of.astimezone(timezone.get_current_timezone()).date(),
                first=bulletin.period_from,
                last=bulletin.period_to,
                area=Area.objects.get(pk=query["area"]),
                unit=query["unit"],
            )
            assert count(query["measure"], scope).number == int(number.value), number.label
    return {number.query["measure"] for number in bulletin.numbers.all()}


def test_a_brief_says_what_the_table_counts_on_its_page_and_in_its_file(made):
    keys = check_brief(made.bulletin, made.city.clerk)
    assert {"open", "overdue", "red", "handed_over", "resolved"} <= keys


def test_the_command_writes_the_ledger_the_page_shows(made, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("gongjian.cli.instance.open_current_instance", lambda: None)
    file = tmp_path / "台账.xlsx"
    assert main(["ledger", str(file)]) == 0
    total = rows_behind(signed_in(made.city.clerk), reverse("problem-ledger"))
    page = openpyxl.load_workbook(file).worksheets[0]
    assert str(page.cell(page.max_row, 1).value) == f"共 {total} 行"
    assert f"{total} 个问题" in capsys.readouterr().out
    assert ledger_command.HELP


@shared
@pytest.mark.slow(30)
def test_the_invented_city_says_one_number_everywhere(db, settings):
    small_city(settings)
    Account.objects.update(must_change_password=False)
    clerk = Account.objects.filter(role=Role.CLERK).order_by("reads_area__path", "pk").first()
    ApiSystemFactory(area=clerk.reads_area, token="gj_counting")
    counted = check_everywhere(clerk, "gj_counting", clerk.reads_area)
    assert Counter(bool(number) for number in counted.values())[True] > len(counted) // 2
    today = timezone.localdate()
    facts = {"first": today - timedelta(days=6), "last": today, "by": clerk, "at": timezone.now()}
    check_brief(bulletins.make_brief(area=clerk.reads_area, **facts), clerk)


def test_the_interface_is_asked_about_every_measure_of_now_it_can_tell():
    now = {m.key for m in TABLE if m.counts == Counts.PROBLEMS and m.days == Days.NOW}
    untold = {"extension", "for_office"}  # the interface does not tell what a unit has asked for
    assert now - set(BY_INTERFACE) == untold
