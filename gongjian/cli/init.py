"""`gongjian init`: an empty instance and its first administrator."""

import argparse

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("建立实例：数据库、时限制度和第一个系统管理员")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("--city", required=True, help=_("城市名称，如 安川市"))
    parser.add_argument("--admin", default="admin", help=_("系统管理员登录名"))


def run(args: argparse.Namespace) -> int:
    """Create the instance and its administrator; the one-time password is printed only this once."""
    from gongjian.cli.instance import create_instance, prepare

    create_instance()
    from django.conf import settings
    from django.db import connection

    from gongjian.audit import Refused
    from gongjian.people.models import Account

    if Account._meta.db_table in connection.introspection.table_names() and Account.objects.exists():
        raise Refused(_("这个实例已经建立过。要新建，请用环境变量 GONGJIAN_HOME 指定另一个文件夹。"))
    print(_("正在建立实例……"), flush=True)
    prepare()
    username, password = _first_accounts(args.city, args.admin)
    message = _("已建立。系统管理员：%(username)s  一次性密码：%(password)s  （首次登录须修改）")
    print(message % {"username": username, "password": password})
    print(_("实例文件夹：%(folder)s") % {"folder": settings.HOME})
    return 0


def _first_accounts(city_name: str, admin: str) -> tuple[str, str]:
    """The city and the account of its administrator: username and one-time password."""
    from django.db import transaction
    from django.utils import timezone

    from gongjian.people import services as people
    from gongjian.people.accounts.services import add_account
    from gongjian.people.states import AreaLevel, Role

    at = timezone.now()
    with transaction.atomic():
        city = people.add_area(
            None,
            name=city_name,
            short_name=city_name,
            level=AreaLevel.CITY,
            stat_code="",
            order=0,
            by=None,
            at=at,
        )
        account, password = add_account(
            username=admin,
            name=_("系统管理员"),
            role=Role.ADMINISTRATOR,
            person=None,
            unit=None,
            reads_area=city,
            writes_area=None,
            by=None,
            at=at,
        )
    return account.username, password
