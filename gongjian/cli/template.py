"""`gongjian template LEDGER BLANK FILE`: a superior's blank workbook filled from a ledger, by what the office has kept."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

if TYPE_CHECKING:
    from gongjian.people.models import Area

HELP = gettext_noop("照上级的空表填出台账：问题、走访、企业、兑现")
LEDGERS = ("problems", "visits", "firms", "payouts")
ASKED = 3  # filled, and some headings are not known


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("ledger", choices=LEDGERS, metavar=_("台账"), help="、".join(LEDGERS))
    parser.add_argument("blank", type=Path, metavar=_("空表"), help=_("上级发的 .xlsx"))
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_("填好的写到这里"))
    parser.add_argument("--area", default="", help=_("只要某个县（市、区），写名称"))


def run(args: argparse.Namespace) -> int:
    """Fill the workbook; 0 when every heading was known, 3 when some were left blank because nobody has said."""
    from gongjian.cli.instance import open_current_instance

    open_current_instance()
    from django.utils import timezone

    from gongjian.engines.templates import fill_template
    from gongjian.superior_templates import queries
    from gongjian.superior_templates.records import for_sheet, records_of

    area, blank = _area(args.area), args.blank.read_bytes()
    decided = queries.decided_for(blank, args.ledger.upper(), area=area)
    template = queries.read(blank, args.ledger.upper(), area=area, decided=decided)
    rows = _rows(args.ledger, area)
    records = records_of(args.ledger.upper(), rows, today=timezone.localdate())
    args.file.write_bytes(fill_template(template, lambda sheet: for_sheet(records, sheet)))
    print(_("%(n)s 行，已写入 %(file)s") % {"n": len(records), "file": args.file})
    asked = [one.heading for one in queries.matched(template, decided) if one.asked]
    for heading in asked:
        print(_("认不得的表头，留空：%(heading)s") % {"heading": heading})
    return ASKED if asked else 0


def _area(name: str) -> "Area":
    from gongjian.audit import Refused
    from gongjian.people.models import Area

    rows = Area.objects.order_by("path")
    found: Area | None = (
        (rows.filter(name=name).first() or rows.filter(short_name=name).first()) if name else rows.first()
    )
    if found is None:
        raise Refused(_("没有地区“%(area)s”。请写名册里的名称。") % {"area": name})
    return found


def _rows(ledger: str, area: "Area") -> Any:
    from gongjian.enterprises.models import Enterprise
    from gongjian.people.queries import within
    from gongjian.policies.models import Payout
    from gongjian.problems.models import Problem
    from gongjian.visits.models import Visit

    if ledger == "payouts":
        rows = Payout.objects.select_related("enterprise__area", "version__policy")
        return rows.filter(within(area, "enterprise__area")).order_by("pk")
    model: Any = {"problems": Problem, "visits": Visit, "firms": Enterprise}[ledger]
    rows = model.objects.filter(within(area)).order_by("pk")
    return rows.filter(merged_into__isnull=True) if ledger == "firms" else rows
