"""What is loaded with the account of a request is what its expressions say of that account."""

import pytest
from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.utils import timezone

from gongjian.enterprises.fact_batches.queries import written_since
from gongjian.notices.queries import count_unread_of
from gongjian.people.models import Account, Unit
from gongjian.people.queries import sees_all
from gongjian.web.one_by_key import ANY_KEY, OneByKey
from gongjian.web.session import CITY, KEPT, TRAIL, Backend
from gongjian.web.setup.steps import all_there
from tests import scenes
from tests.factories import AT

pytestmark = pytest.mark.django_db


def test_each_account_comes_with_what_is_its_own():
    scenes.ledger(AT)
    said = {
        "unread": count_unread_of("pk", "unit"),
        "sees_all": sees_all(),
        "keeps_filters": Exists(KEPT),
        "city": Subquery(CITY),
        "all_there": all_there(),
        "trail": Subquery(TRAIL),
        "has_imports": Exists(written_since(timezone.localdate(), by=OuterRef("pk"))),
    }
    seen = set()
    for name, expression in said.items():
        for pk, value in Account.objects.annotate(said=expression).values_list("pk", "said"):
            loaded = getattr(Backend().get_user(pk), name)
            assert (loaded, type(loaded)) == (value, type(value)), (name, pk)
            seen.add((name, str(value)))
    assert {("sees_all", "True"), ("sees_all", "False")} <= seen
    assert len({value for name, value in seen if name == "unread"}) > 1


def test_one_row_is_found_by_its_key_with_what_was_asked_beside_it(django_assert_num_queries):
    c = scenes.city()
    accounts = OneByKey(Account.objects.select_related("unit").annotate(of=F("unit__name"), n=Value(7)))
    for account in (c.clerk, c.handler):
        with django_assert_num_queries(1):
            found = accounts.find(account.pk)
            assert (found, found.unit, found.of, found.n) == (account, account.unit, account.unit.name, 7)
    Unit.objects.filter(pk=c.bureau.pk).update(name="新的名称")
    assert accounts.find(c.handler.pk).of == "新的名称"
    assert accounts.find(0) is None


def test_a_query_that_asks_for_the_key_more_than_once_is_refused():
    """Its SQL could not tell which value is the key."""
    with pytest.raises(ValueError, match="people_account"):
        OneByKey(Account.objects.filter(unit=ANY_KEY))
