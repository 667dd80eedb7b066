"""Checks of the database: its version, chain of events, clock, work calendar, ladder of escalation."""

from datetime import date, datetime, timedelta

from django.utils import timezone, translation

from gongjian.audit.queries import last_moment, verify
from gongjian.cli import language
from gongjian.cli.checks.finding import Finding, fault, ok, warning
from gongjian.cli.language import gettext as _
from gongjian.web.health import readiness

FEW = 3  # units named in one line
EARLIEST = date(2026, 1, 1)  # the program is younger than any earlier day
TOLERANCE = timedelta(minutes=5)
ANNOUNCED_FROM = 11  # the State Council announces next year's holidays in this month, as a rule


def migrations() -> Finding:
    """Check that the database has the version of the program."""
    if unknown := readiness.unknown_migrations():
        return fault(
            "migrations",
            _("数据库比程序新：%(names)s") % {"names": ", ".join(unknown)},
            _("请安装与数据库相配的版本"),
        )
    if pending := readiness.pending_migrations():
        return fault(
            "migrations",
            _("数据库结构缺 %(n)s 步升级") % {"n": len(pending)},
            _("请停止服务，运行 gongjian upgrade"),
        )
    return ok("migrations", _("数据库结构是最新的"))


def chain() -> Finding:
    """Check that the chain of events (留痕链) is whole."""
    with translation.override(language.django_code()):
        broken = verify()
        if broken is None:
            return ok("chain", _("留痕链完整"))
        return fault("chain", broken.why, _("请保留现场，运行 gongjian verify，并与日链头和备份对照"))


def clock(now: datetime) -> Finding:
    """Check that the machine's clock is not earlier than this program or than the last event."""
    last = last_moment()
    says = _("本机时间 %(now)s") % {"now": timezone.localtime(now).strftime("%Y-%m-%d %H:%M %z")}
    do = _("请校准时钟（如 timedatectl set-ntp true）。时限和灯都按它计算")
    if timezone.localdate(now) < EARLIEST:
        return fault("clock", says + _("，早于本程序"), do)
    if last is not None and last > now + TOLERANCE:
        moment = timezone.localtime(last).strftime("%Y-%m-%d %H:%M")
        return fault("clock", says + _("，早于最近一条留痕 %(last)s") % {"last": moment}, do)
    return ok("clock", says)


def calendar(now: datetime) -> Finding:
    """Check that the holidays of this year, and late in the year of the next, are recorded."""
    from gongjian.assignments.calendar.queries import current_calendar

    today = timezone.localtime(now).date()
    known = current_calendar().notices
    do = _("国务院办公厅公布后，请在“工作日历”页面录入并启用")
    if today.year not in known:
        return fault(
            "calendar",
            _("%(year)s 年放假安排没有录入，时限只按星期和法定节日推算") % {"year": today.year},
            do,
        )
    if today.year + 1 not in known and today.month >= ANNOUNCED_FROM:
        return warning("calendar", _("%(year)s 年放假安排还没有录入") % {"year": today.year + 1}, do)
    return ok("calendar", _("%(year)s 年放假安排已录入") % {"year": max(known)})


def ladder() -> Finding:
    """Check that every unit with open matters has leaders to whom they can be escalated."""
    from gongjian.assignments.escalation.queries import ladders_with_faults

    units = ladders_with_faults()
    if not units:
        return ok("ladder", _("督办阶梯完整"))
    names = _("、").join(each.unit.name for each in units[:FEW])
    more = _("等 %(n)s 个单位") % {"n": len(units)} if len(units) > FEW else ""
    return warning(
        "ladder",
        _("督办阶梯不完整：%(names)s") % {"names": names + more},
        _("请在“督办阶梯”页面指定督办、约谈领导"),
    )


def search() -> Finding:
    """Check that the search finds every problem by what its row shows, and every name however it is written."""
    from gongjian.problems.search.queries import differences

    found = differences()
    if not found.rows and not found.names:
        return ok("search", _("搜索内容与台账一致"))
    return warning(
        "search",
        _("搜索内容与台账不一致：问题 %(rows)s 条，名称 %(names)s 个")
        % {"rows": found.rows, "names": len(found.names)},
        _("请运行 gongjian doctor --mend"),
    )


def mend_search() -> Finding:
    """Put the search right, and say how much was wrong."""
    from gongjian.problems.search.services import mend

    found = mend()
    if not found.rows and not found.names:
        return ok("search", _("搜索内容与台账一致"))
    return ok(
        "search",
        _("已更正搜索内容：问题 %(rows)s 条，名称 %(names)s 个")
        % {"rows": found.rows, "names": len(found.names)},
    )
