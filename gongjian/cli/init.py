"""`gongjian init`: an instance of an office: its areas, itself, its regime, its calendar, its first administrator."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gongjian.audit.refused import Refused
from gongjian.cli.asking import ask, choose
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

if TYPE_CHECKING:
    from gongjian.people.models import Account, Area

HELP = gettext_noop("建立实例：地区、攻坚办、时限制度、工作日历和第一个系统管理员")
NONE = "none"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("--city", help=_("市或县的名称，如 安川市；在终端上运行可以不写，会问"))
    parser.add_argument(
        "--areas",
        metavar=_("代码"),
        help=_("市或县的统计用区划代码，如 410500，装入其下的县区和乡镇；缺省按名称找；none 为不装入"),
    )
    parser.add_argument("--office", help=_("攻坚办的名称，缺省为“某市攻坚办”"))
    parser.add_argument("--head", help=_("简报的文头，缺省为“某市攻坚工作简报”"))
    parser.add_argument(
        "--regime", metavar=_("代号"), help=_("采用制度库里的哪一种时限制度，如 13710-jz；可以以后再采用")
    )
    parser.add_argument("--regime-name", help=_("本办制度的名称，缺省为“某市企业问题办理时限”"))
    parser.add_argument(
        "--calendar",
        metavar=_("文件"),
        type=Path,
        action="append",
        default=[],
        help=_("自带以外的年度放假安排（TOML），可以写几次"),
    )
    parser.add_argument("--admin", default="admin", help=_("系统管理员登录名"))


def run(args: argparse.Namespace) -> int:
    """Create the instance and its administrator; the one-time password is printed only this once."""
    from gongjian.cli.instance import create_instance, prepare

    create_instance()
    from django.conf import settings
    from django.db import connection

    from gongjian.people.models import Account

    if Account._meta.db_table in connection.introspection.table_names() and Account.objects.exists():
        raise Refused(_("这个实例已经建立过。要新建，请用环境变量 GONGJIAN_HOME 指定另一个文件夹。"))
    _fill_in(args)
    print(_("正在建立实例……"), flush=True)
    prepare()
    username, password = _found(args)
    message = _("已建立。系统管理员：%(username)s  一次性密码：%(password)s  （首次登录须修改）")
    print(message % {"username": username, "password": password})
    print(
        _("实例文件夹：%(folder)s。下一步：运行 gongjian serve，用系统管理员登录，按“开局”页逐项办理。")
        % {"folder": settings.HOME}
    )
    return 0


def _fill_in(args: argparse.Namespace) -> None:
    """Ask for what was not given; nothing is written before every answer is there."""
    from gongjian.assignments.vocabulary import own_name
    from gongjian.bulletins.wording import NAME_MESSAGES, OFFICE_MESSAGES
    from gongjian.engines.clock.regime_file import package_regimes

    args.city = args.city or ask(_("市或县的名称"))
    if not args.city:
        raise Refused(_("请写明市或县的名称，如 gongjian init --city 安川市。"))
    args.division = _division(args)
    args.office = args.office or ask(_("攻坚办的名称"), _(OFFICE_MESSAGES["unit"]) % {"area": args.city})
    head = _(OFFICE_MESSAGES["head"]) % {"area": args.city, "name": _(NAME_MESSAGES["BRIEF"])}
    args.head = args.head or ask(_("简报的文头"), head)
    library = [(facts["code"], f"{_(facts['name'])}  {facts['counting']}") for facts in package_regimes()]
    args.regime = args.regime or choose(_("采用哪一种时限制度（交办按它计时）："), library)
    if args.regime and args.regime not in dict(library):
        raise Refused(
            _("制度库里没有代号“%(code)s”。可用：%(known)s。")
            % {"code": args.regime, "known": "、".join(code for code, _words in library)}
        )
    if args.regime:
        args.regime_name = args.regime_name or ask(_("本办制度的名称"), own_name(args.city))
    if not args.calendar and (file := ask(_calendar_question())):
        args.calendar = [Path(file)]
    args.notices = [file.read_text(encoding="utf-8") for file in args.calendar]


def _calendar_question() -> str:
    from gongjian.engines.workdays.announcements import load_years

    years = load_years().notices
    return _("工作日历自带 %(first)s 至 %(last)s 年的放假安排。另有年度文件请写路径，没有直接回车") % {
        "first": min(years),
        "last": max(years),
    }


def _division(args: argparse.Namespace) -> object:
    """The division of the register the office stands for; None where it brings its own areas."""
    from gongjian.engines.divisions.register import divisions_called, province_of

    if args.areas == NONE:
        return None
    found = divisions_called(args.areas or args.city)
    if args.areas and not found:
        raise Refused(
            _("统计用区划里没有代码“%(code)s”。请核对 4 或 6 位代码，或写 --areas none 以后自己录入地区。")
            % {"code": args.areas}
        )
    if len(found) > 1:
        names = [(one.code, f"{province_of(one)} {one.name} {one.statistics_code}") for one in found]
        code = choose(_("同名的地区有几个，是哪一个："), names)
        if not code:
            told = "；".join(words for _key, words in names)
            raise Refused(_("同名的地区有几个：%(names)s。请用 --areas 写明代码。") % {"names": told})
        found = [one for one in found if one.code == code]
    return found[0] if found else None


def _found(args: argparse.Namespace) -> tuple[str, str]:
    """Everything in one transaction; username and one-time password of the administrator."""
    from django.db import transaction
    from django.utils import timezone

    at = timezone.now()
    with transaction.atomic():
        city = _areas(args, at)
        account, password = _administrator(args, city, at)
        _office(args, city, at)
        _rules(args, account, at)
    return account.username, password


def _areas(args: argparse.Namespace, at: datetime) -> "Area":
    from gongjian.engines.divisions.register import YEAR
    from gongjian.people import services as people
    from gongjian.people.divisions.services import add_divisions
    from gongjian.people.models import Area
    from gongjian.people.states import AreaLevel

    if args.division is not None:
        city = add_divisions(args.division, name=args.city, by=None, at=at)
        told = _("已按%(year)s年统计用区划装入%(city)s及其下 %(n)s 个地区，可以在“地区”页更正。")
        print(told % {"year": YEAR, "city": city, "n": Area.objects.count() - 1})
        return city
    facts = {"name": args.city, "short_name": args.city[:20], "level": AreaLevel.CITY, "stat_code": ""}
    return people.add_area(None, **facts, order=0, by=None, at=at)


def _administrator(args: argparse.Namespace, city: "Area", at: datetime) -> tuple["Account", str]:
    from gongjian.people.accounts.services import add_account
    from gongjian.people.states import Role

    return add_account(
        username=args.admin,
        name=_("系统管理员"),
        role=Role.ADMINISTRATOR,
        person=None,
        unit=None,
        reads_area=city,
        writes_area=None,
        by=None,
        at=at,
    )


def _office(args: argparse.Namespace, city: "Area", at: datetime) -> None:
    from gongjian.people import services as people
    from gongjian.people.states import UnitKind

    people.add_unit(
        city, name=args.office, kind=UnitKind.OFFICE, paper_head=args.head, order=1, by=None, at=at
    )


def _rules(args: argparse.Namespace, account: "Account", at: datetime) -> None:
    from gongjian.assignments import services as assignments
    from gongjian.assignments.calendar.services import adopt_year
    from gongjian.assignments.models import Regime

    if args.regime:
        source = Regime.objects.get(code=args.regime)
        own = assignments.take_up_regime(source, name=args.regime_name, by=None, at=at)
        print(_("已采用时限制度%(name)s，参照%(source)s。") % {"name": own.name, "source": source.name})
    for text in args.notices:
        adopt_year(assignments.propose_year(text, by=account, at=at), by=account, at=at)
