"""The account behind a request: signing in, and loading it with what every page needs."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.models import ChainHead
from gongjian.audit.queries import midnight
from gongjian.enterprises.fact_batches.queries import written_since
from gongjian.notices.queries import count_unread_of
from gongjian.people.attempts import services as attempts
from gongjian.people.models import Account, Area, SavedFilter, SecondFactor
from gongjian.people.queries import sees_all
from gongjian.people.states import Guard
from gongjian.problems.bulk.queries import done_since
from gongjian.problems.bulk.rules import UNDO_WITHIN
from gongjian.web.client_address import client_address
from gongjian.web.one_by_key import OneByKey
from gongjian.web.setup.steps import all_there


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; `Gate` has already turned everybody else away."""
    assert isinstance(request.user, Account)  # noqa: S101  a promise of the gate, for the type checker
    return request.user


KEPT = SavedFilter.objects.filter(account=OuterRef("pk"))
FACTOR = SecondFactor.objects.filter(account=OuterRef("pk"))
TRAIL = ChainHead.objects.values("length")[:1]
CITY = Area.objects.filter(depth=1).order_by("path").values("name")[:1]


class Backend(ModelBackend):
    """Loads accounts with what every page needs: unit, areas, the city's name, unread notices, length of the trail, imports and bulk actions of today."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> Any:
        """The account, or None. Failures are limited by address and by name, besides the library's lock of a name for one address."""
        place = {} if request is None else {Guard.SIGN_IN_ADDRESS: client_address(request)}
        name = {} if request is None else {Guard.SIGN_IN_NAME: (username or "").casefold()}
        at = timezone.now()
        if attempts.used_up(place, at=at):
            raise Refused(_("从您的网络地址登录失败的次数太多。请半小时后再试，或请系统管理员查看。"))
        if attempts.used_up(name, at=at):
            raise Refused(_("这个登录名从多处登录失败的次数太多。请半小时后再试，或请系统管理员解除锁定。"))
        account = super().authenticate(request, username, password, **more)
        if account is None:
            attempts.count_all({**place, **name}, at=at)
        return account

    def get_user(self, user_id: Any) -> Account | None:
        """The account, or None if it is closed."""
        account = _accounts(timezone.localdate(), demo=settings.DEMO).find(user_id)
        return account if account is not None and account.is_active else None


@lru_cache(maxsize=2)
def _accounts(today: date, *, demo: bool) -> OneByKey[Account]:  # noqa: ARG001  an expression within reads it
    """The accounts with what every page needs, put together once a day: it costs more than the query itself."""
    rows = Account.objects.select_related("unit__area", "reads_area", "writes_area").annotate(
        sees_all=sees_all(),
        unread=count_unread_of("pk", "unit"),
        keeps_filters=Exists(KEPT),
        has_factor=Exists(FACTOR),
        city=Subquery(CITY),
        all_there=all_there(),
        trail=Subquery(TRAIL),
        has_imports=Exists(written_since(today, by=OuterRef("pk"))),
        acts_in_bulk=Exists(done_since(midnight(today) - UNDO_WITHIN, by=OuterRef("pk"))),
    )
    return OneByKey(rows)
