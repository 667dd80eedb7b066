"""`gongjian init`: an empty instance and its first administrator."""

import argparse

HELP = "建立实例：数据库、时限制度和第一个系统管理员"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--city", required=True, help="城市名称，如 安川市")
    parser.add_argument("--admin", default="admin", help="系统管理员登录名")


def run(args: argparse.Namespace) -> int:
    """Make the instance; the one-time password is printed once."""
    from gongjian.cli.instance import open_instance, prepare

    open_instance()
    prepare(verbose=True)
    from django.db import transaction
    from django.utils import timezone

    from gongjian.audit import Refused
    from gongjian.people import services as people
    from gongjian.people.accounts.services import add_account
    from gongjian.people.models import Account
    from gongjian.people.states import AreaLevel, Role

    if Account.objects.exists():
        raise Refused("这个实例已经建立过。要新建，请用环境变量 GONGJIAN_HOME 指定另一个文件夹。")
    at = timezone.now()
    with transaction.atomic():
        city = people.add_area(
            None,
            name=args.city,
            short_name=args.city,
            level=AreaLevel.CITY,
            stat_code="",
            order=0,
            by=None,
            at=at,
        )
        account, password = add_account(
            username=args.admin,
            name="系统管理员",
            role=Role.ADMINISTRATOR,
            person=None,
            unit=None,
            reads_area=city,
            writes_area=None,
            by=None,
            at=at,
        )
    print(f"已建立。系统管理员：{account.username}  一次性密码：{password}  （首次登录须修改）")
    return 0
