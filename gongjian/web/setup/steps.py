"""The steps of the first day, each computed from the data: nothing is ticked by hand.

Whether any is still open is asked in one query, together with the account, since the side menu of every page needs it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, Count, Exists, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.assignments import perms as assignments
from gongjian.assignments.models import Regime
from gongjian.enterprises.models import Enterprise, FactBatch
from gongjian.enterprises.states import BatchState
from gongjian.imports.models import ImportBatch
from gongjian.imports.perms import can_import
from gongjian.imports.states import ImportKind, ImportState
from gongjian.notices.models import Channel
from gongjian.people import perms as people
from gongjian.people.models import Account, Area, Tenure, Unit
from gongjian.people.states import Role, UnitKind
from gongjian.web.rights import matrix

BY_ADMINISTRATOR = _("由系统管理员办理。")
SETTING_UP = (Role.CLERK, Role.ADMINISTRATOR)
BACKUP_RECORD = "last-backup.json"  # `gongjian backup` writes it into the instance's folder

ROWS: Mapping[str, QuerySet[Any]] = {
    "areas": Area.objects.filter(depth__gt=1),
    "units": Unit.objects.filter(disabled_on__isnull=True).exclude(kind=UnitKind.OFFICE),
    "persons": Tenure.objects.filter(until__isnull=True),
    "accounts": Account.objects.filter(is_active=True, role=Role.CLERK),
    "handlers": Account.objects.filter(is_active=True, role=Role.HANDLER),
    "firms": Enterprise.objects.all(),
    "regime": Regime.objects.filter(in_library=False, disabled_on__isnull=True),
    "channels": Channel.objects.filter(is_active=True),
    "imports": ImportBatch.objects.filter(state=ImportState.WRITTEN),
    "figures": FactBatch.objects.filter(state=BatchState.WRITTEN),
}
EITHER = ("imports", "figures")  # one import of either kind is a first import
ALL_THERE = Q(
    *(Exists(rows.order_by()) for key, rows in ROWS.items() if key not in EITHER),
    Q(*(Exists(ROWS[key].order_by()) for key in EITHER), _connector=Q.OR),
)


@dataclass(frozen=True)
class Way:
    """A button of a step: its words, the route, and whether only some accounts of the role may take it."""

    label: "str | Promise"
    route: str
    needs: str = ""
    argument: str = ""
    ledger: ImportKind | None = None  # the import page opens with it chosen


@dataclass(frozen=True)
class Kind:
    """A step in words; it is done when each of the kinds of rows it counts has one, or, where one will do, any of them."""

    key: str
    label: "str | Promise"
    hint: "str | Promise"
    ways: tuple[Way, ...]
    counts: tuple[str, ...]
    by_others: "str | Promise"
    any_will_do: bool = False


def _from_excel(kind: ImportKind) -> Way:
    return Way(_("从 Excel 导入"), "imports", ledger=kind)


KINDS = (
    Kind(
        "areas",
        _("行政区划"),
        _("下辖的县（市、区）、开发区和乡镇。建立实例时按统计用区划装入，这里更正。"),
        (Way(_("新增地区"), "area-new"), _from_excel(ImportKind.AREAS), Way(_("查看地区"), "areas")),
        ("areas",),
        BY_ADMINISTRATOR,
    ),
    Kind(
        "units",
        _("单位与职责"),
        _("可以承办问题的部门。职责写清管哪些事，交办时据此找牵头单位。"),
        (
            Way(_("登记单位和人员"), "staff-new"),
            _from_excel(ImportKind.UNITS),
            Way(_("查看单位"), "units"),
        ),
        ("units",),
        BY_ADMINISTRATOR,
    ),
    Kind(
        "persons",
        _("人员与职务"),
        _("交办要落到责任人：每个单位至少登记一位。"),
        (
            Way(_("登记单位和人员"), "staff-new"),
            _from_excel(ImportKind.PERSONS),
            Way(_("查看人员"), "persons"),
        ),
        ("persons",),
        BY_ADMINISTRATOR,
    ),
    Kind(
        "accounts",
        _("账号"),
        _("至少有一个攻坚办工作人员和一个承办单位经办人的账号；一次性密码打印成条，当面交给本人。"),
        (
            Way(_("登记单位和人员"), "staff-new", needs="accounts"),
            Way(_("新建账号"), "account-new"),
            _from_excel(ImportKind.ACCOUNTS),
        ),
        ("accounts", "handlers"),
        BY_ADMINISTRATOR,
    ),
    Kind(
        "firms",
        _("企业"),
        _("走访和问题都要选企业。"),
        (
            Way(_("登记企业"), "enterprise-new"),
            _from_excel(ImportKind.FIRMS),
            Way(_("查看企业库"), "enterprise-register"),
        ),
        ("firms",),
        _("由攻坚办工作人员登记。"),
    ),
    Kind(
        "regime",
        _("时限制度"),
        _("从制度库里采用一种，写上本办自己的名称；交办按它计时，交办单上写的是它。"),
        (Way(_("采用时限制度"), "regimes", needs="regime"),),
        ("regime",),
        _("由市攻坚办或系统管理员采用。"),
    ),
    Kind(
        "channels",
        _("通知通道"),
        _("把到期和催办送到企业微信、钉钉、飞书或邮箱；没有通道的单位只在系统里收到通知。"),
        (Way(_("设置通道"), "channels"),),
        ("channels",),
        BY_ADMINISTRATOR,
    ),
    Kind(
        "imports",
        _("第一次导入"),
        _("把手上的数据从 Excel 导进来，先看预览再写入，可以整批撤回。"),
        (Way(_("导入台账"), "imports"), Way(_("导入企业数据"), "fact-imports")),
        EITHER,
        _("由攻坚办工作人员导入。"),
        any_will_do=True,
    ),
    Kind(
        "backup",
        _("备份"),
        _("在服务器上运行 gongjian backup 文件名，并安排每天备份；备份文件另存到别处。"),
        (Way(_("怎样备份"), "manual-page", argument="safety"),),
        (),
        BY_ADMINISTRATOR,
    ),
)


@dataclass(frozen=True)
class Step:
    """One step as a reader sees it: how many are there, whether it is done, the buttons the reader may press."""

    kind: Kind
    number: int | None
    done: bool
    ways: tuple[tuple[Way, str], ...]
    left_to_others: bool  # the act itself is not this reader's


def steps_for(account: Account) -> list[Step]:
    """Every step with its count, in the order of the work."""
    numbers: dict[str, Any] = {f"n_{key}": _number(rows) for key, rows in ROWS.items()}
    found: Any = Account.objects.filter(pk=account.pk).values(**numbers).get()
    counts = {key: found[f"n_{key}"] for key in ROWS}
    return [_step(kind, counts, account) for kind in KINDS]


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as one column of a query."""
    of_all = rows.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(of_all), 0)


def _step(kind: Kind, counts: Mapping[str, int], account: Account) -> Step:
    ways = tuple((way, _address(way)) for way in kind.ways if _may(way, account))
    if not kind.counts:
        return Step(kind, None, backed_up(), ways, left_to_others=account.role != Role.ADMINISTRATOR)
    numbers = [counts[key] for key in kind.counts]
    done = any(numbers) if kind.any_will_do else all(numbers)
    return Step(kind, sum(numbers), done, ways, left_to_others=not _may(kind.ways[0], account))


def _address(way: Way) -> str:
    address = reverse(way.route, args=[way.argument] if way.argument else [])
    return f"{address}?kind={way.ledger}" if way.ledger else address


def _may(way: Way, account: Account) -> bool:
    roles = matrix()[way.route]
    if roles and account.role not in roles:
        return False
    if way.ledger and not can_import(account, way.ledger):
        return False
    if way.needs == "regime":
        return assignments.can_keep_calendar(account)
    if way.needs == "accounts":
        return people.can_keep_accounts(account)
    return way.route not in ("area-new", "staff-new") or people.can_keep_people(account, account.writes_area)


def backed_up() -> bool:
    """Whether a back-up was ever made; a demo needs none."""
    return bool(settings.DEMO) or (settings.HOME / BACKUP_RECORD).is_file()


def all_there() -> Case:
    """Condition on an account: whether every step that is in the data is done, for the roles that set an office up.

    The invented city was set up by its makers: nothing of it leaves by a channel.
    """
    yes, no = Value(value=True), Value(value=False)
    for_office = yes if settings.DEMO else Case(When(ALL_THERE, then=yes), default=no)
    return Case(When(role__in=SETTING_UP, then=for_office), default=yes, output_field=BooleanField())


def is_setting_up(account: Account) -> bool:
    """Whether the setup page is this account's first page still."""
    if account.role not in SETTING_UP:
        return False
    there = getattr(account, "all_there", None)
    if there is None:  # an account that was not loaded for a request
        there = Account.objects.filter(pk=account.pk).values_list(all_there(), flat=True).first()
    return not there or not backed_up()
