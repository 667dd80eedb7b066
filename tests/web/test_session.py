"""What is loaded with the account of a request is what its expressions say of that account."""

import pytest
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from gongjian.enterprises.fact_batches.queries import written_since
from gongjian.notices.queries import count_unread_of
from gongjian.people.models import Account
from gongjian.people.queries import sees_all
from gongjian.web.session import CITY, KEPT, TRAIL, Backend, _as_text
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


def test_an_expression_that_reads_another_table_is_not_kept_as_text():
    with pytest.raises(ValueError, match="people_unit"):
        _as_text(Account.objects.annotate(called=F("unit__name")))
