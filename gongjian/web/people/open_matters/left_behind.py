"""What somebody who leaves, or a unit that ends, has besides matters to be handed on: sign-ins, drafts, channels, rungs.

None of it moves by itself to an heir; each is listed with the page where it is settled. All kinds come from one query.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.models import AnnouncedYear, Assignment, RegimeChange, Rung
from gongjian.assignments.queries import visible_to
from gongjian.assignments.states import OPEN
from gongjian.campaigns.models import Battle
from gongjian.intake.models import Article, Draft, DraftState
from gongjian.notices.models import Channel
from gongjian.people.models import Account, Person, Tenure, Unit
from gongjian.people.queries import in_force, sight
from gongjian.policies.models import PolicyVersion
from gongjian.policies.states import VersionState
from gongjian.problems.models import CommonProblem
from gongjian.problems.states import CommonState


@dataclass(frozen=True)
class Kind:
    """A kind of thing left: what it is, what to do with it, the page where that is done (of one record or of all)."""

    what: str | Promise
    todo: str | Promise
    route: str
    of_one: bool = True


@dataclass(frozen=True)
class LeftBehind:
    """One thing left, with its kind."""

    kind: Kind
    name: str
    pk: int


KINDS = {
    "account": Kind(_("还能登录的账号"), _("请系统管理员停用，或交给接任的人。"), "account"),
    "channel": Kind(_("每日摘要的通道"), _("停用，或换成接任的人。"), "channel-edit"),
    "version": Kind(_("政策草稿"), _("请别人接着改，或送审。"), "policy-version"),
    "article": Kind(_("来稿草稿"), _("请别人确认或舍弃。"), "article"),
    "change": Kind(_("制度修改"), _("请别人启用，或不启用。"), "regime-change"),
    "year": Kind(_("年度安排"), _("请别人启用，或不启用。"), "calendar-proposal"),
    "rung": Kind(_("督办阶梯"), _("换一位通知的领导。"), "ladder", of_one=False),
    "led": Kind(_("责任领导"), _("改派时换责任领导。"), "assignment"),
    "battle": Kind(_("攻坚战牵头"), _("请系统管理员改牵头单位。"), "", of_one=False),
    "common": Kind(_("共性问题"), _("措施任务随上面的移交走，成员问题请看一眼。"), "common"),
    "below": Kind(_("下级单位"), _("改上级单位。"), "unit"),
}
Rows = QuerySet[Any, Any]
SIGN_IN = Concat(F("name"), Value(" · "), F("username"))
RUNG = Concat(F("unit__name"), Value("·"), F("person__name"))


def of_person(person: Person, account: Account) -> list[LeftBehind]:
    """What a person leaves: open sign-ins and what hangs on them, rungs of the ladder, tasks led as a leader."""
    own = Account.objects.filter(person=person)
    return _listed(
        _named("account", own.filter(is_active=True), SIGN_IN),
        *_of_accounts(own.values("pk"), account),
        _named("rung", Rung.objects.filter(person=person), RUNG),
        _named("led", visible_to(account).filter(responsible_leader=person, state__in=OPEN), F("task")),
    )


def of_unit(unit: Unit, account: Account) -> list[LeftBehind]:
    """What a unit leaves: open sign-ins, channels, rungs, battles it leads, measures of common problems, units below it."""
    commons = CommonProblem.objects.filter(sight(account), assignment__lead_unit=unit)
    commons = commons.exclude(state__in=(CommonState.LANDED, CommonState.DISMISSED))
    return _listed(
        _named("account", Account.objects.filter(unit=unit, is_active=True), SIGN_IN),
        _named("channel", Channel.objects.filter(unit=unit, is_active=True), F("name")),
        _named("rung", Rung.objects.filter(unit=unit), RUNG),
        _named("battle", Battle.objects.filter(lead_unit=unit), F("name")),
        _named("common", commons, F("title")),
        _named("below", Unit.objects.filter(superior=unit, disabled_on__isnull=True), F("name")),
    )


def of_account(closed: Account, account: Account) -> list[LeftBehind]:
    """What hangs on a sign-in: channels, drafts of policies, changes not yet adopted, reports with drafts to confirm."""
    return _listed(*_of_accounts([closed.pk], account))


def _of_accounts(own: Any, account: Account) -> list[Rows]:
    pending = Draft.objects.filter(article=OuterRef("pk"), state=DraftState.PENDING)
    written = PolicyVersion.objects.filter(
        written_by__in=own, state__in=(VersionState.DRAFT, VersionState.PROPOSED)
    )
    articles = Article.objects.filter(sight(account), Exists(pending), taken_in_by__in=own)
    waiting = {"proposed_by__in": own, "adopted_by__isnull": True}
    return [
        _named("channel", Channel.objects.filter(account__in=own, is_active=True), F("name")),
        _named("version", written, F("policy__name")),
        _named("article", articles, F("title")),
        _named("change", RegimeChange.objects.filter(**waiting), F("name")),
        _named("year", AnnouncedYear.objects.filter(**waiting), F("year")),
    ]


def _named(kind: str, rows: QuerySet[Any], name: Any) -> Rows:
    """The rows as (kind, key, name), so that one query reads several kinds."""
    told = rows.order_by().annotate(
        left_kind=Value(kind, CharField()), left_name=Cast(name, output_field=TextField())
    )
    listed: Rows = told.values_list("left_kind", "pk", "left_name")
    return listed


def _listed(first: Rows, *more: Rows) -> list[LeftBehind]:
    order = list(KINDS)
    rows = sorted(first.union(*more, all=True), key=lambda row: (order.index(row[0]), row[1]))
    return [LeftBehind(KINDS[kind], name, pk) for kind, pk, name in rows]


def sign_ins_without_a_post(account: Account, *, today: date) -> QuerySet[Account]:
    """Sign-ins that are open although their person has left every post."""
    of_person = {"person": OuterRef("person")}
    held = Tenure.objects.filter(**of_person, until__lt=today)
    rows = Account.objects.filter(sight(account, "reads_area"), is_active=True, person__isnull=False)
    return rows.filter(Exists(held), ~Exists(in_force(today).filter(**of_person))).select_related("person")


def unseen(account: Account, **holder: Person | Unit) -> int:
    """How many open tasks of a holder the account may not open."""
    every = Assignment.objects.filter(state__in=OPEN, **holder)
    return every.exclude(pk__in=visible_to(account).order_by().values("pk")).count()
