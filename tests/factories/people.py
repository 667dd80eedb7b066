"""Areas, units, persons, accounts and what an account keeps."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from gongjian.people.models import (
    Account,
    ApiSystem,
    Area,
    AttemptCount,
    Person,
    Post,
    Presence,
    RecentChoice,
    SavedFilter,
    SecondFactor,
    Session,
    Tenure,
    Unit,
)
from gongjian.people.outside_systems.services import digest_of
from gongjian.people.states import AreaLevel, Guard, Role
from tests.factories.days import AT


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"第{n}区")
    short_name = factory.LazyAttribute(lambda o: o.name)
    level = AreaLevel.COUNTY
    parent = None

    @classmethod
    def _create(cls, model_class, parent=None, **kwargs):
        objects = model_class.objects
        return objects.add_child(parent, kwargs) if parent else objects.add_root(kwargs)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"第{n}局")
    area = factory.SubFactory(AreaFactory)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"张{n}")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    unit = factory.SubFactory(UnitFactory)
    title = "局长"


class TenureFactory(DjangoModelFactory):
    class Meta:
        model = Tenure

    person = factory.SubFactory(PersonFactory)
    post = factory.SubFactory(PostFactory)


class AccountFactory(DjangoModelFactory):
    class Meta:
        model = Account

    username = factory.Sequence(lambda n: f"u{n}")
    name = factory.LazyAttribute(lambda o: f"账号{o.username}")
    role = Role.CLERK
    must_change_password = False
    created_at = AT


class ApiSystemFactory(DjangoModelFactory):
    """`token` is what the system sends."""

    class Meta:
        model = ApiSystem
        exclude = ("token", "area")

    area = factory.SubFactory(AreaFactory)
    token = factory.Sequence(lambda n: f"gj_token{n}")
    account = factory.SubFactory(
        AccountFactory,
        role=Role.SYSTEM,
        name="安川市12345热线",
        reads_area=factory.SelfAttribute("..area"),
        writes_area=factory.SelfAttribute("..area"),
    )
    kind = "HOTLINE"
    pushes = True
    digest = factory.LazyAttribute(lambda o: digest_of(o.token))
    tail = factory.LazyAttribute(lambda o: o.token[-4:])
    issued_at = AT
    valid_until = date(2099, 1, 1)
    per_minute = 5000


class AttemptCountFactory(DjangoModelFactory):
    class Meta:
        model = AttemptCount

    guard = Guard.WORD_BROWSER
    key = factory.Sequence(lambda n: f"{n:064x}")
    started_at = AT
    count = 1


class SecondFactorFactory(DjangoModelFactory):
    class Meta:
        model = SecondFactor
        django_get_or_create = ("account",)

    account = factory.SubFactory(AccountFactory)
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    last_step = 0
    recovery = factory.LazyFunction(list)
    since = AT


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session
        django_get_or_create = ("session_key",)

    session_key = factory.Sequence(lambda n: f"key{n:029}")
    session_data = ""
    account = factory.SubFactory(AccountFactory)
    started_at = AT
    seen_at = AT
    expire_date = AT + timedelta(hours=12)


class PresenceFactory(DjangoModelFactory):
    class Meta:
        model = Presence

    account = factory.SubFactory(AccountFactory)
    subject_kind = "people.person"
    subject_id = 1
    since = AT
    seen_at = AT


class RecentChoiceFactory(DjangoModelFactory):
    class Meta:
        model = RecentChoice

    account = factory.SubFactory(AccountFactory)
    subject_kind = "people.unit"
    subject_id = factory.Sequence(lambda n: n + 1)
    at = AT


class SavedFilterFactory(DjangoModelFactory):
    class Meta:
        model = SavedFilter

    account = factory.SubFactory(AccountFactory)
    page = "problem-ledger"
    name = factory.Sequence(lambda n: f"筛选{n}")
    query = "light=RED"
