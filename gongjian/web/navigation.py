"""What every page's frame needs: the city's name, the demo banner, the navigation for this role."""

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
class Entry:
    """One line of the navigation. `roles` None: whoever the rights matrix lets in; `phone`: stands in the bottom bar."""

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
    Entry("leader", _("领导看板"), "board", DAILY, roles=frozenset({Role.LEADER}), phone=True),
    Entry("auditor", _("审计看板"), "chain", DAILY, roles=frozenset({Role.AUDITOR}), phone=True),
    Entry("firm", _("我的企业"), "firm", DAILY, roles=frozenset({Role.ENTERPRISE}), phone=True),
    Entry("firm-raise", _("反映问题"), "draft", DAILY, phone=True),
    Entry("today", _("今日"), "today", DAILY, phone=True),
    Entry("desk", _("我的任务"), "desk", DAILY, phone=True),
    Entry("triage", _("分办台"), "check", DAILY),
    Entry("visit-book", _("走访记录"), "visit", DAILY, phone=True),
    Entry("intake", _("来稿整理"), "draft", DAILY),
    Entry("inbox", _("收件箱"), "bell", DAILY),
    Entry("problem-ledger", _("问题台账"), "ledger", BOOKS, phone=True),
    Entry("commons", _("共性问题"), "group", BOOKS),
    Entry("supervised", _("督办台账"), "ladder", BOOKS),
    Entry("closing-quality", _("销号质量"), "check", BOOKS),
    Entry("bulletins", _("简报"), "paper", BOOKS),
    Entry("burden", _("减负账"), "scale", BOOKS),
    Entry("complaints", _("投诉建议"), "flag", BOOKS, roles=frozenset({Role.CLERK, Role.AUDITOR})),
    Entry("audit", _("留痕"), "chain", BOOKS),
    Entry("enterprise-register", _("企业库"), "firm", FIRMS, phone=True),
    Entry("my-policies", _("我的政策"), "gift", FIRMS, phone=True),
    Entry("policies", _("惠企政策"), "gift", FIRMS, phone=True),
    Entry("payouts", _("兑现台账"), "coin", FIRMS),
    Entry("market", _("本地市场"), "market", FIRMS),
    Entry("areas", _("地区"), "tree", REGISTER),
    Entry("units", _("单位与职务"), "unit", REGISTER),
    Entry("persons", _("人员"), "person", REGISTER),
    Entry("accounts", _("账号"), "key", SYSTEM),
    Entry("systems", _("接口"), "plug", SYSTEM),
    Entry("calendar", _("工作日历"), "calendar", SYSTEM),
    Entry("regimes", _("时限制度"), "clock", SYSTEM),
    Entry("ladder", _("督办阶梯"), "ladder", SYSTEM),
    Entry("channels", _("通知通道"), "send", SYSTEM),
)


@dataclass(frozen=True)
class Link:
    """An entry with its address, ready to draw."""

    entry: Entry
    url: str
    current: bool


def links(account: Account | None, path: str) -> list[Link]:
    """The entries this account may take; routes that do not exist are left out."""
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
        shown.append(Link(entry, url, current=path == url or (url != "/" and path.startswith(url))))
    nearest = max((link.url for link in shown if link.current), key=len, default="")
    return [replace(link, current=link.url == nearest) for link in shown]


@dataclass(frozen=True)
class Group:
    """Entries under one heading; one of seldom used entries is folded until a page of it is open."""

    label: "str | Promise"
    links: list[Link]
    open: bool


def groups(shown: Sequence[Link], role: Role | str) -> list[Group]:
    """The entries under their headings, in the order of both."""
    under: dict[str | Promise, list[Link]] = {}
    for link in shown:
        under.setdefault(link.entry.group, []).append(link)
    seldom = () if role == Role.ADMINISTRATOR else SELDOM
    return [
        Group(label, inside, label not in seldom or any(link.current for link in inside))
        for label, inside in under.items()
    ]


def landing(account: Account) -> str:
    """Where an account starts: the first entry it may take."""
    shown = links(account, "")
    return shown[0].url if shown else reverse("manual")


def city_name(account: Account | None = None) -> str:
    """Name of the root area, empty before the instance has one; it comes with the signed-in account."""
    if isinstance(city := getattr(account, "city", None), str):
        return city
    return Area.objects.filter(depth=1).values_list("name", flat=True).first() or ""


def frame(request: HttpRequest) -> dict[str, object]:
    """Values for `base.html`. The account is left out until its first password is changed."""
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
