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
from gongjian.people.states import Role
from gongjian.web.rights import matrix

VERSION = version("gongjian")


@dataclass(frozen=True)
class MenuEntry:
    """One navigation entry. `roles` None: all the rights matrix admits; `phone`: also in the bottom bar."""

    route: str
    label: "str | Promise"
    icon: str
    group: "str | Promise"
    roles: frozenset[Role] | None = None
    phone: bool = False


DAILY, BOOKS, FIRMS = _("日常"), _("台账与通报"), _("企业与政策")
REGISTER, SYSTEM = _("基础信息"), _("系统管理")
SELDOM = (REGISTER, SYSTEM)  # folded away from all but the administrator

# The first entry a role may take is where it lands after signing in.
NAVIGATION = (
    MenuEntry("leader", _("领导看板"), "board", DAILY, roles=frozenset({Role.LEADER}), phone=True),
    MenuEntry("auditor", _("审计看板"), "chain", DAILY, roles=frozenset({Role.AUDITOR}), phone=True),
    MenuEntry("firm", _("我的企业"), "firm", DAILY, roles=frozenset({Role.ENTERPRISE}), phone=True),
    MenuEntry("firm-raise", _("反映问题"), "draft", DAILY, phone=True),
    MenuEntry("today", _("今日"), "today", DAILY, phone=True),
    MenuEntry("desk", _("我的任务"), "desk", DAILY, phone=True),
    MenuEntry("triage", _("分办台"), "check", DAILY),
    MenuEntry("visit-book", _("走访记录"), "visit", DAILY, phone=True),
    MenuEntry("intake", _("来稿整理"), "draft", DAILY),
    MenuEntry("inbox", _("收件箱"), "bell", DAILY),
    MenuEntry("problem-ledger", _("问题台账"), "ledger", BOOKS, phone=True),
    MenuEntry("commons", _("共性问题"), "group", BOOKS),
    MenuEntry("supervised", _("督办台账"), "ladder", BOOKS),
    MenuEntry("closing-quality", _("销号质量"), "check", BOOKS),
    MenuEntry("bulletins", _("简报"), "paper", BOOKS),
    MenuEntry("burden", _("减负账"), "scale", BOOKS),
    MenuEntry("complaints", _("投诉建议"), "flag", BOOKS, roles=frozenset({Role.CLERK, Role.AUDITOR})),
    MenuEntry("audit", _("留痕"), "chain", BOOKS),
    MenuEntry("enterprise-register", _("企业库"), "firm", FIRMS, phone=True),
    MenuEntry("my-policies", _("我的政策"), "gift", FIRMS, phone=True),
    MenuEntry("policies", _("惠企政策"), "gift", FIRMS, phone=True),
    MenuEntry("payouts", _("兑现台账"), "coin", FIRMS),
    MenuEntry("market", _("本地市场"), "market", FIRMS),
    MenuEntry("imports", _("台账导入"), "draft", REGISTER),
    MenuEntry("areas", _("地区"), "tree", REGISTER),
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
        try:
            url = reverse(entry.route)
        except NoReverseMatch:
            continue
        shown.append(MenuLink(entry, url, current=path == url or (url != "/" and path.startswith(url))))
    nearest = max((link.url for link in shown if link.current), key=len, default="")
    return [replace(link, current=link.url == nearest) for link in shown]


@dataclass(frozen=True)
class MenuGroup:
    """Entries under one heading; a rarely used group stays folded until one of its pages is open."""

    label: "str | Promise"
    links: list[MenuLink]
    open: bool


def groups(shown: Sequence[MenuLink], role: Role | str) -> list[MenuGroup]:
    """The entries under their headings, in the order of both."""
    under: dict[str | Promise, list[MenuLink]] = {}
    for link in shown:
        under.setdefault(link.entry.group, []).append(link)
    seldom = () if role == Role.ADMINISTRATOR else SELDOM
    return [
        MenuGroup(label, inside, label not in seldom or any(link.current for link in inside))
        for label, inside in under.items()
    ]


def landing(account: Account) -> str:
    """The page an account starts on: the first entry it may use."""
    shown = links(account, "")
    return shown[0].url if shown else reverse("manual")


def city_name(account: Account | None = None) -> str:
    """Name of the root area, loaded with the signed-in account; empty while there is no root area."""
    if isinstance(city := getattr(account, "city", None), str):
        return city
    return Area.objects.filter(depth=1).values_list("name", flat=True).first() or ""


def frame(request: HttpRequest) -> dict[str, object]:
    """Context for `base.html`. The account is left out until its first password has been changed."""
    user = getattr(request, "user", None)
    account = user if isinstance(user, Account) and not user.must_change_password else None
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
        "nav_phone": [link for link in nav if link.entry.phone][:5],
    }
