"""What somebody who leaves, or a unit that ends, has besides matters to be handed on: sign-ins, drafts, channels, rungs.

None of it moves by itself to an heir; each is listed with the page where it is settled.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

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
class LeftBehind:
    """One thing left: what it is, its name, what to do with it, and the page where that is done."""

    what: str
    name: str
    todo: str
    route: str
    pk: int | None = None


def of_person(person: Person, account: Account) -> list[LeftBehind]:
    """What a person leaves: open sign-ins and what hangs on them, rungs of the ladder, tasks led as a leader."""
    own = list(Account.objects.filter(person=person, is_active=True).order_by("pk"))
    led = visible_to(account).filter(responsible_leader=person, state__in=OPEN).order_by("due_on", "pk")
    return [
        *_sign_ins(own),
        *of_accounts(list(Account.objects.filter(person=person)), account),
        *_rungs(Rung.objects.filter(person=person)),
        *(
            LeftBehind(
                _("责任领导"), f"{task.number} {task.task}", _("改派时换责任领导。"), "assignment", task.pk
            )
            for task in led
        ),
    ]


def of_unit(unit: Unit, account: Account) -> list[LeftBehind]:
    """What a unit leaves: open sign-ins, channels, rungs, battles it leads, measures of common problems, units below it."""
    commons = CommonProblem.objects.filter(sight(account), assignment__lead_unit=unit).exclude(
        state__in=(CommonState.LANDED, CommonState.DISMISSED)
    )
    own = Account.objects.filter(unit=unit, is_active=True).order_by("pk")
    return [
        *_sign_ins(own),
        *_channels(Channel.objects.filter(unit=unit, is_active=True)),
        *_rungs(Rung.objects.filter(unit=unit)),
        *(
            LeftBehind(_("攻坚战牵头"), one.name, _("请系统管理员改牵头单位。"), "", one.pk)
            for one in Battle.objects.filter(lead_unit=unit)
        ),
        *(
            LeftBehind(
                _("共性问题"), one.title, _("措施任务随上面的移交走，成员问题请看一眼。"), "common", one.pk
            )
            for one in commons
        ),
        *(
            LeftBehind(_("下级单位"), one.name, _("改上级单位。"), "unit", one.pk)
            for one in unit.inferiors.filter(disabled_on__isnull=True)
        ),
    ]


def of_accounts(own: Iterable[Account], account: Account) -> list[LeftBehind]:
    """What hangs on sign-ins: channels, drafts of policies, changes not yet adopted, reports with drafts to confirm."""
    mine = list(own)
    pending = Draft.objects.filter(article=OuterRef("pk"), state=DraftState.PENDING)
    articles = Article.objects.filter(sight(account), Exists(pending), taken_in_by__in=mine)
    versions = PolicyVersion.objects.filter(
        written_by__in=mine, state__in=(VersionState.DRAFT, VersionState.PROPOSED)
    )
    return [
        *_channels(Channel.objects.filter(account__in=mine, is_active=True)),
        *(
            LeftBehind(_("政策草稿"), str(one), _("请别人接着改，或送审。"), "policy-version", one.pk)
            for one in versions.select_related("policy")
        ),
        *(
            LeftBehind(_("来稿草稿"), one.title, _("请别人确认或舍弃。"), "article", one.pk)
            for one in articles
        ),
        *_not_adopted(mine),
    ]


def _not_adopted(own: list[Account]) -> Iterator[LeftBehind]:
    for change in RegimeChange.objects.filter(proposed_by__in=own, adopted_by__isnull=True):
        yield LeftBehind(_("制度修改"), change.name, _("请别人启用，或不启用。"), "regime-change", change.pk)
    for year in AnnouncedYear.objects.filter(proposed_by__in=own, adopted_by__isnull=True):
        yield LeftBehind(_("年度安排"), str(year), _("请别人启用，或不启用。"), "calendar-proposal", year.pk)


def _sign_ins(accounts: Iterable[Account]) -> list[LeftBehind]:
    return [
        LeftBehind(
            _("还能登录的账号"),
            f"{one.name}（{one.username}）",
            _("请系统管理员停用，或交给接任的人。"),
            "account",
            one.pk,
        )
        for one in accounts
    ]


def _channels(channels: QuerySet[Channel]) -> list[LeftBehind]:
    return [
        LeftBehind(_("每日摘要的通道"), one.name, _("停用，或换成接任的人。"), "channel-edit", one.pk)
        for one in channels
    ]


def _rungs(rungs: QuerySet[Rung]) -> list[LeftBehind]:
    return [
        LeftBehind(_("督办阶梯"), str(one), _("换一位通知的领导。"), "ladder")
        for one in rungs.select_related("unit", "person")
    ]


def sign_ins_without_a_post(account: Account, *, today: date) -> QuerySet[Account]:
    """Sign-ins that are open although their person has left every post."""
    of_person = {"person": OuterRef("person")}
    held = Tenure.objects.filter(**of_person, until__lt=today)
    rows = Account.objects.filter(sight(account, "reads_area"), is_active=True, person__isnull=False)
    return rows.filter(Exists(held), ~Exists(in_force(today).filter(**of_person))).select_related("person")


def unseen_of_person(person: Person, account: Account) -> int:
    """How many open tasks of a person the account may not open."""
    every = Assignment.objects.filter(responsible_person=person, state__in=OPEN)
    return every.count() - visible_to(account).filter(pk__in=every).count()


def unseen_of_unit(unit: Unit, account: Account) -> int:
    """How many open tasks of a unit the account may not open."""
    every = Assignment.objects.filter(lead_unit=unit, state__in=OPEN)
    return every.count() - visible_to(account).filter(pk__in=every).count()
