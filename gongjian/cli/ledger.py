"""`gongjian ledger FILE`: the problem ledger as a workbook."""

import argparse
from pathlib import Path

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("导出问题台账为 Excel")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_(".xlsx"))
    parser.add_argument("--area", default="", help=_("只要某个县（市、区），写名称"))


def run(args: argparse.Namespace) -> int:
    """Write the problem ledger to the file."""
    from gongjian.cli.instance import open_current_instance

    open_current_instance()
    from django.utils import timezone

    from gongjian.audit import Refused
    from gongjian.ledgers.problems.workbook import problem_workbook
    from gongjian.people.models import Area
    from gongjian.people.queries import within
    from gongjian.problems.models import Problem

    rows = Problem.objects.order_by("pk")
    if args.area:
        area = (
            Area.objects.filter(name=args.area).first() or Area.objects.filter(short_name=args.area).first()
        )
        if area is None:
            raise Refused(_("没有地区“%(area)s”。请写名册里的名称。") % {"area": args.area})
        rows = rows.filter(within(area))
    now = timezone.localtime()
    args.file.write_bytes(problem_workbook(rows, words=args.area, as_of=now, today=now.date()))
    print(_("%(n)s 个问题，已写入 %(file)s") % {"n": rows.count(), "file": args.file})
    return 0
