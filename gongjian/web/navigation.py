"""What the frame of every page needs: the city's name, the demo banner, the navigation for this role."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Account, Area
from gongjian.people.second_factor.queries import must_turn_on
from gongjian.people.states import Role
from gongjian.web.rights import matrix
from gongjian.web.setup.steps import is_setting_up

VERSION = version("gongjian")


@dataclass(frozen=True)
class MenuEntry:
    """One navigation entry. `roles` None: all the rights matrix admits."""

    route: str
    label: "str | Promise"
    icon: str
    group: "str | Promise"
    roles: frozenset[Role] | None = None


HOME, WORK, VISITS, PROBLEMS = _("首页"), _("办理与督办"), _("走访与来稿"), _("问题与诉求")
FIRMS, REPORTS = _("企业、项目与政策"), _("通报与监督")
REGISTER, SYSTEM = _("基础信息"), _("系统管理")
# The first page of each role; what it needs next stands in the bar of a phone.
HOMES = {
    Role.LEADER: "leader",
    Role.AUDITOR: "auditor",
    Role.ENTERPRISE: "firm",
    Role.HANDLER: "desk",
}
PHONE = {
    Role.CLERK: ("today", "problem-ledger", "visit-book", "enterprise-register"),
    Role.LEADER: ("leader", "problem-ledger", "visit-book", "enterprise-register"),
    Role.HANDLER: ("desk", "problem-ledger", "inbox", "policies"),
    Role.OFFICER: ("today", "visit-book", "problem-ledger", "enterprise-register"),
    Role.AUDITOR: ("auditor", "closing-quality", "audit", "problem-ledger"),
    Role.ADMINISTRATOR: ("today", "accounts", "units", "persons"),
    Role.ENTERPRISE: ("firm", "firm-raise", "my-policies", "inbox"),
}
FEW = 9  # entries that need no folding
AT_TODAY = frozenset(Role) - HOMES.keys()

NAVIGATION = (
    MenuEntry("setup", _("开局"), "check", HOME),
    MenuEntry("leader", _("领导看板"), "board", HOME, roles=frozenset({Role.LEADER})),
    MenuEntry("auditor", _("审计看板"), "chain", HOME, roles=frozenset({Role.AUDITOR})),
    MenuEntry("firm", _("我的企业"), "firm", HOME, roles=frozenset({Role.ENTERPRISE})),
    MenuEntry("today", _("今日"), "today", HOME, roles=AT_TODAY),
    MenuEntry("desk", _("我的任务"), "desk", HOME),
    MenuEntry("inbox", _("收件箱"), "bell", HOME),
    MenuEntry("triage", _("分办台"), "check", WORK),
    MenuEntry("leader-lists", _("超期与批示"), "flag", WORK),
    MenuEntry("supervised", _("督办台账"), "ladder", WORK),
    MenuEntry("open-matters", _("未移交事项"), "person", WORK, roles=frozenset({Role.CLERK})),
    MenuEntry("firm-raise", _("反映问题"), "draft", PROBLEMS),
    MenuEntry("problem-ledger", _("问题台账"), "ledger", PROBLEMS),
    MenuEntry("commons", _("共性问题"), "group", PROBLEMS),
    MenuEntry("closing-quality", _("销号质量"), "check", PROBLEMS),
    MenuEntry("visit-book", _("走访台账"), "visit", VISITS),
    MenuEntry("intake", _("来稿整理"), "draft", VISITS),
    MenuEntry("enterprise-register", _("企业库"), "firm", FIRMS),
    MenuEntry("projects", _("重点项目台账"), "ledger", FIRMS),
    MenuEntry("my-policies", _("我的政策"), "gift", FIRMS),
    MenuEntry("policies", _("惠企政策"), "gift", FIRMS),
    MenuEntry("payouts", _("兑现台账"), "coin", FIRMS),
    MenuEntry("market", _("本地市场"), "market", FIRMS),
    MenuEntry("campaigns", _("攻坚目标"), "flag", REPORTS),
    MenuEntry("indicators", _("指标数据"), "board", REPORTS),
    MenuEntry("alerts", _("预警"), "bell", REPORTS),
    MenuEntry("confidence", _("信心调查"), "group", REPORTS),
    MenuEntry("standings", _("比学赶超排名"), "ladder", REPORTS),
    MenuEntry("commendations", _("表彰"), "gift", REPORTS),
    MenuEntry("bulletins", _("简报通报"), "paper", REPORTS),
    MenuEntry("burden", _("减负账"), "scale", REPORTS),
    MenuEntry("complaints", _("投诉建议"), "flag", REPORTS, roles=frozenset({Role.CLERK, Role.AUDITOR})),
    MenuEntry("audit", _("留痕"), "chain", REPORTS),
    MenuEntry("sign-ins", _("登录记录"), "person", REPORTS),
    MenuEntry("imports", _("台账导入"), "draft", REGISTER),
    MenuEntry("areas", _("行政区划"), "tree", REGISTER),
    MenuEntry("units", _("单位与职务"), "unit", REGISTER),
    MenuEntry("persons", _("人员"), "person", REGISTER),
    MenuEntry("accounts", _("账号"), "key", SYSTEM),
    MenuEntry("systems", _("接口"), "plug", SYSTEM),
    MenuEntry("calendar", _("工作日历"), "calendar", SYSTEM),
    MenuEntry("regimes", _("时限制度"), "clock", SYSTEM),
    MenuEntry("ladder", _("督办阶梯"), "ladder", SYSTEM),
    MenuEntry("channels", _("通知通道"), "send", SYSTEM),
)


@dataclass(frozen=True)
class MenuLink:
    """An entry with its address, ready to draw."""

    entry: MenuEntry
    url: str
    current: bool


def links(account: Account | None, path: str) -> list[MenuLink]:
    """The entries this account may use; entries whose route does not exist are left out."""
    if account is None:
        return []
    lines = matrix()
    shown = []
    for entry in NAVIGATION:
        allowed = entry.roles if entry.roles is not None else lines.get(entry.route, frozenset())
        if entry.route not in lines or account.role not in allowed & lines[entry.route]:
            continue
        if entry.route == "setup" and not is_setting_up(account):
            continue
        try:
            url = reverse(entry.route)
        except NoReverseMatch:
            continue
        shown.append(MenuLink(entry, url, current=path == url or (url != "/" and path.startswith(url))))
    nearest = max((link.url for link in shown if link.current), key=len, default="")
    return [replace(link, current=link.url == nearest) for link in shown]


@dataclass(frozen=True)
class MenuGroup:
    """Entries of one kind of work; open while one of its pages is."""

    label: "str | Promise"
    links: list[MenuLink]
    open: bool


def groups(shown: Sequence[MenuLink], role: Role | str) -> list[MenuGroup]:
    """The entries by kind of work, in the order of both; the first pages and what is at hand are open, the rest folded."""
    under: dict[str | Promise, list[MenuLink]] = {}
    for link in shown:
        under.setdefault(link.entry.group, []).append(link)
    always = {HOME, *((REGISTER, SYSTEM) if role == Role.ADMINISTRATOR else ())}
    few = len(shown) <= FEW
    return [
        MenuGroup(label, inside, few or label in always or any(link.current for link in inside))
        for label, inside in under.items()
    ]


def landing(account: Account) -> str:
    """The page an account starts on, by its role; the steps of a new office until they are done."""
    role = Role(account.role)
    if is_setting_up(account):
        return reverse("setup")
    if role == Role.SYSTEM:
        return reverse("manual")
    return reverse(HOMES.get(role, "today"))


def bar(shown: Sequence[MenuLink], role: Role | str) -> list[MenuLink]:
    """The entries in the bar of a phone, in its order."""
    by_route = {link.entry.route: link for link in shown}
    return [by_route[route] for route in PHONE.get(Role(role), ()) if route in by_route]


def city_name(account: Account | None = None) -> str:
    """Name of the root area, loaded with the signed-in account; empty while there is no root area."""
    if isinstance(city := getattr(account, "city", None), str):
        return city
    return Area.objects.filter(depth=1).values_list("name", flat=True).first() or ""


def may_work(account: Account) -> bool:
    """Whether nothing has to be set up first: a password of its own, a second factor where the role demands one."""
    return not account.must_change_password and not must_turn_on(account)


def frame(request: HttpRequest) -> dict[str, object]:
    """Context for `base.html`. The account is left out until it has a password of its own and what its role must sign in with."""
    user = getattr(request, "user", None)
    account = user if isinstance(user, Account) and may_work(user) else None
    nav = links(account, request.path)
    return {
        "demo": settings.DEMO,
        "upload_limit": settings.UPLOAD_LIMIT,
        "version": VERSION,
        "printed_at": timezone.now(),
        "city_name": lambda: city_name(account),
        "account": account,
        "unread": getattr(account, "unread", 0),
        "nav": groups(nav, account.role) if account else [],
        "nav_phone": bar(nav, account.role) if account else [],
    }
