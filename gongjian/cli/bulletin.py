"""`gongjian bulletin`: makes a brief, a notice or a special report and writes it as a Word file."""

import argparse
from pathlib import Path

from gongjian.cli.days import given_day
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("编制简报、通报或专报，写成 Word 文件")
KINDS = {"brief": "BRIEF", "notice": "NOTICE", "special": "SPECIAL"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_(".docx"))
    parser.add_argument("--by", required=True, help=_("编制人的登录名（攻坚办工作人员）"))
    parser.add_argument(
        "--from", dest="first", required=True, type=given_day, help=_("统计起，如 2026-11-23")
    )
    parser.add_argument(
        "--kind", choices=KINDS, default="brief", help=_("种类：简报、通报、专报（写全地区）")
    )
    parser.add_argument("--issue", type=int, help=_("期号；不写就接着上一期"))
    parser.add_argument("--again", action="store_true", help=_("同一期间已经编过，仍另编一期"))
    parser.add_argument("--to", dest="last", required=True, type=given_day, help=_("统计止"))


def run(args: argparse.Namespace) -> int:
    """Make the brief of the area the account writes for, and write it as a Word file."""
    from gongjian.cli.instance import open_current_instance

    open_current_instance()
    from django.utils import timezone

    from gongjian.audit import Refused
    from gongjian.bulletins import services as bulletins
    from gongjian.bulletins.models import BulletinKind
    from gongjian.bulletins.office_templates.paper import bulletin_file
    from gongjian.bulletins.queries import same_bulletin
    from gongjian.people.models import Account

    account = Account.objects.filter(username=args.by).first()
    if account is None or account.writes_area is None:
        raise Refused(
            _("没有可以编简报的账号“%(account)s”。请写攻坚办工作人员的登录名。") % {"account": args.by}
        )
    area, kind = account.writes_area, BulletinKind(KINDS[args.kind])
    facts = {"kind": kind, "first": args.first, "last": args.last}
    brief = bulletins.make_bulletin(
        area=area,
        **facts,
        issue=args.issue,
        despite=same_bulletin(area, facts) if args.again else None,
        by=account,
        at=timezone.now(),
    )
    args.file.write_bytes(bulletin_file(brief))
    told = {"issue": brief.issue, "n": brief.numbers.count(), "file": args.file}
    print(_("第 %(issue)s 期，%(n)s 个数字，已写入 %(file)s") % told)
    return 0
