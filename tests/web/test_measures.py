"""One word, one number: every counted number of every page opens exactly its rows, and says the same on every page."""

from dataclasses import replace

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from gongjian.assignments.models import Assignment
from gongjian.measures.measure import Scope
from gongjian.measures.queries import count_all, rows_of
from gongjian.measures.states import Counts
from gongjian.measures.table import MEASURES, TABLE
from gongjian.people.models import Account, Area
from gongjian.people.states import Role
from gongjian.web.rights import SIGNED_IN, matrix
from tests import scenes
from tests.factories import AT
from tests.web.counting import numbers_of, rows_behind, wrong_numbers
from tests.web.small_city import shared, small_city
from tests.web.test_pages import accounts, arguments, signed_in
from tests.web.walked_pages import by_role, walked

COUNTED = tuple(measure.key for measure in TABLE if measure.condition)


def pages_of(role, wanted=None):
    """The pages a role may take: those without an argument, and with the arguments of a scene the others too."""
    names = [name for name, roles in matrix().items() if role in roles and name != "sign-out"]
    if wanted is None:
        names = [name for name in names if not get_resolver().reverse_dict.getlist(name)[0][0][0][1]]
    return [reverse(name, args=(wanted or {}).get(name, [])) for name in names]


def unequal(by_scope):
    """Measures that two pages count differently for the same account and scope."""
    return {scope: said for scope, said in by_scope.items() if len(said) > 1}


@by_role(SIGNED_IN)
def test_every_number_of_every_page_opens_its_rows(db, role):
    made = scenes.ledger(AT)
    client, wanted = signed_in(accounts(made)[role]), arguments(made, role)
    drawn = {page.address: page.html for page in walked(client, role, wanted)}
    wrong, by_scope = wrong_numbers(client, pages_of(role, wanted), drawn)
    assert wrong == []
    assert unequal(by_scope) == {}
    assert by_scope or role == Role.ENTERPRISE


@shared
@pytest.mark.slow(40)
def test_every_number_of_the_invented_city_opens_its_rows(db, settings):
    small_city(settings)
    Account.objects.update(must_change_password=False)
    seen = set()
    for role in sorted(SIGNED_IN):
        account = Account.objects.filter(role=role).order_by("pk").first()
        wrong, by_scope = wrong_numbers(signed_in(account), pages_of(role))
        assert wrong == [], role
        assert unequal(by_scope) == {}, role
        seen |= {scope[0] for scope in by_scope}
    assert {"overdue", "overdue_tasks", "red", "red_tasks", "ever_overdue", "handed_over", "new"} <= seen


def test_a_number_that_opens_something_else_is_seen(db, monkeypatch):
    made = scenes.ledger(AT)
    monkeypatch.setattr("gongjian.web.measures.addresses.urlencode", lambda _chosen: "")
    wrong, _by_scope = wrong_numbers(signed_in(made.city.clerk), [reverse("today")])
    assert any("opens" in sentence for sentence in wrong)


def test_two_pages_that_count_one_word_differently_are_seen(db, monkeypatch):
    made = scenes.ledger(AT)
    real = count_all
    more = lambda keys, scope: {k: replace(n, number=n.number + 1) for k, n in real(keys, scope).items()}  # noqa: E731
    monkeypatch.setattr("gongjian.web.triage.views.measures.count_all", more)
    pages = [reverse("triage"), reverse("problem-ledger")]
    wrong, by_scope = wrong_numbers(signed_in(made.city.clerk), pages)
    assert wrong
    assert unequal(by_scope)


def test_a_number_that_is_not_the_one_marked_is_seen():
    page = '<a href="/x/" data-measure="new" data-count="3">4</a>'
    number = next(numbers_of(page, "/"))
    assert (number.count, number.text, number.address) == (3, "4", "/x/")


def test_words_and_definitions_stand_for_one_thing_each():
    for said in ("label", "definition"):
        assert len({getattr(measure, said) for measure in TABLE}) == len(TABLE), said
    assert len(MEASURES) == len(TABLE)


def test_each_measure_counts_what_it_lists_together_and_alone(db):
    made = scenes.ledger(AT)
    today = timezone.localdate(AT)
    for key in COUNTED:
        for account in (None, made.city.clerk, made.city.handler):
            scope = Scope(today, account=account)
            number = count_all([key, "open"], scope)[key]
            assert (
                number.number == rows_of(key, scope).distinct().count() == len(list(rows_of(key, scope)))
            ), key
            narrowed = Scope(today, first=today, last=today, account=account, area=made.city.county)
            assert rows_of(key, narrowed).count() <= number.number or MEASURES[key].days != "PERIOD", key


def test_a_number_follows_the_reader_the_place_and_the_rows(db, django_assert_num_queries):
    made = scenes.ledger(AT)
    city, today = made.city, timezone.localdate(AT)

    def right(account):
        scope = Scope(today, account=account)
        told = {key: one.number for key, one in count_all(COUNTED, scope).items()}
        assert told == {key: rows_of(key, scope).count() for key in COUNTED}
        return told

    first = right(city.clerk)
    with django_assert_num_queries(1):
        count_all(COUNTED, Scope(today, account=city.clerk, firm=city.firm.pk))  # building asks nothing
    city.clerk.reads_area = city.clerk.writes_area = city.county
    narrower = right(city.clerk)
    assert narrower != first
    city.clerk.role = Role.ENTERPRISE
    assert right(city.clerk) != narrower
    Area.objects.filter(pk=city.county.pk).update(path="0009")
    city.clerk.reads_area.path = "0009"
    right(city.clerk)
    Assignment.objects.update(state="ON_HOLD")
    assert right(Account.objects.get(pk=city.leader.pk))["tasks_on_hold"] > first["tasks_on_hold"]


def test_the_page_of_a_measure_says_what_it_counts_and_refuses_nonsense(db):
    made = scenes.ledger(AT)
    clerk = signed_in(made.city.clerk)
    page = clerk.get(reverse("measure", args=["open_tasks"])).content.decode()
    assert MEASURES["open_tasks"].definition in page
    for key in ("no-such-word", "policy_meets"):  # the second is listed by the policy engine alone
        assert clerk.get(reverse("measure", args=[key])).status_code == 404
    answer = clerk.get(reverse("measure", args=["open_tasks"]) + "?area=99999")
    assert answer.status_code == 409
    assert "重新点开" in answer.content.decode()
    led = clerk.get(reverse("measure", args=["open"]) + "?first=2026-01-01")
    assert led["Location"] == reverse("problem-ledger") + "?first=2026-01-01&measure=open"


def test_a_filter_saved_before_there_was_a_table_still_finds_its_rows(db):
    made = scenes.ledger(AT)
    clerk = signed_in(made.city.clerk)
    old, new = (
        rows_behind(clerk, f"{reverse('problem-ledger')}?{query}")
        for query in ("closing=handed", "measure=handed_over")
    )
    assert old == new > 0
    everything = rows_behind(clerk, reverse("problem-ledger"))
    assert old < everything


def test_who_sees_no_drafts_counts_none(db):
    made = scenes.ledger(AT)
    today = timezone.localdate(AT)
    assert rows_of("drafts", Scope(today, account=made.city.clerk)).exists()
    assert not rows_of("drafts", Scope(today, account=made.city.handler)).exists()
    assert {measure.counts for measure in TABLE} <= set(Counts)


def test_one_problem_and_two_problems():
    message = "%(number)s 个问题有变化"
    with override("en"):
        said = [ngettext(message, message, n) % {"number": n} for n in (0, 1, 2)]
    assert said == ["0 problems changed", "1 problem changed", "2 problems changed"]
