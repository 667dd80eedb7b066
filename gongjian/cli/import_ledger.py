"""`gongjian import KIND FILE`: a ledger an office keeps in Excel, with the sentences of the page."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

if TYPE_CHECKING:
    from gongjian.imports.comparing import ComparedLedger
    from gongjian.imports.models import ImportBatch
    from gongjian.imports.plans import RowPlan
    from gongjian.people.models import Account

HELP = gettext_noop("导入业务台账：行政区划、单位、人员、账号、企业、月度数据、走访、问题、兑现")
KINDS = ("areas", "units", "persons", "accounts", "firms", "visits", "problems", "payouts", "facts")
FACTS = "facts"
PARTLY = 3  # written, and some rows were not
BETWEEN = 1.0  # seconds between two lines of progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("kind", choices=KINDS, metavar=_("种类"), help="、".join(KINDS))
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_(".xlsx、.xls、.et、.ods 或 .csv"))
    parser.add_argument(
        "--by", default="", metavar=_("登录名"), help=_("以哪个账号导入，缺省为可以导入、管得最宽的账号")
    )
    parser.add_argument(
        "--sheet", action="append", default=[], metavar=_("工作表"), help=_("只读这张表，可以写多次")
    )
    parser.add_argument(
        "--unknown",
        choices=("ask", "create", "skip"),
        default="ask",
        help=_("没有登记的名称：留着（ask）、新建（create）或跳过（skip）"),
    )
    parser.add_argument("--confirm", action="store_true", help=_("要确认的行都照表里的写入"))
    parser.add_argument("--dry-run", action="store_true", help=_("只检查，不写入"))
    parser.add_argument(
        "--slips", type=Path, metavar=_("文件"), help=_("把新账号的一次性密码条（Word）写到这里，只此一份")
    )
    parser.add_argument(
        "--source", default="", metavar=_("来源"), help=_("企业月度数据是谁报的，缺省为企业月报")
    )
    parser.add_argument(
        "--month", default="", metavar="2026-11", help=_("企业月度数据的月份，表头没有写明时用")
    )
    parser.add_argument("--address", default="", metavar=_("网址"), help=_("密码条上的登录地址"))
    parser.add_argument("--errors", type=Path, metavar=_("文件"), help=_("把标红的错误表写到这里"))


def run(args: argparse.Namespace) -> int:
    """Import the ledger; 0 when every row went in or stands already, 3 when some did not, 1 when refused."""
    from gongjian.cli.instance import open_current_instance

    open_current_instance()
    from django.utils import timezone

    from gongjian.imports import services
    from gongjian.imports.states import NameDecision
    from gongjian.imports.trying import opened, try_out

    by, at = _account(args), timezone.now()
    if args.kind == FACTS:
        from gongjian.cli.import_facts import import_facts

        return import_facts(args, by=by, at=at)
    ledger = opened(
        kind=args.kind.upper(), file_name=args.file.name, file=args.file.read_bytes(), by=by, at=at
    )
    unknown = None if args.unknown == "ask" else NameDecision(args.unknown.upper())
    tried = try_out(ledger, sheets=args.sheet or (), unknown=unknown, confirm=args.confirm, by=by, at=at)
    compared = tried.compared
    _say(compared)
    if args.errors:
        _write_errors(ledger, compared, args.errors)
    if args.dry_run or not compared.to_write:
        return _code(compared)
    before = {plan.place for plan in _refused(compared)}
    batch = services.take_in_tried(tried, by=by, at=at)
    batch = services.write(batch, compared=compared, by=by, at=at, tell=_Progress())
    _say_later(compared, before)
    if args.errors:
        _write_errors(batch, compared, args.errors)
    if args.slips:
        _write_slips(batch, args, by)
    return _told(batch)


def _refused(compared: "ComparedLedger") -> "list[RowPlan]":
    from gongjian.imports.states import RowOutcome

    return compared.with_outcome(RowOutcome.REFUSED)


def _say_later(compared: "ComparedLedger", before: set[str]) -> None:
    """The rows that were refused only when they were to be written."""
    for plan in _refused(compared):
        if plan.place not in before:
            _say_row(plan)


def _write_slips(batch: "ImportBatch", args: argparse.Namespace, by: "Account") -> None:
    from django.utils import timezone

    from gongjian.imports.slips.services import print_slips

    file: Path = args.slips
    file.touch(mode=0o600)
    file.write_bytes(print_slips(batch, address=args.address, by=by, at=timezone.now()))


def _account(args: argparse.Namespace) -> "Account":
    from gongjian.audit import Refused
    from gongjian.imports.perms import importers
    from gongjian.imports.states import ImportKind

    kind = ImportKind.FIRMS if args.kind == FACTS else ImportKind(args.kind.upper())
    found = importers(kind, username=args.by)
    if not found:
        raise Refused(_("没有可以导入这类台账的账号。请用 --by 写明登录名，或先建立账号。"))
    first, widest = found[0]
    other = next((entry for entry in found if not entry[1].path.startswith(widest.path)), None)
    if other is not None:
        said = {"one": first.username, "here": widest, "other": other[0].username, "there": other[1]}
        raise Refused(
            _(
                "几个账号各管一处，如 %(one)s（%(here)s）、%(other)s（%(there)s）。请用 --by 写明以哪个账号导入。"
            )
            % said
        )
    return first


def _say(compared: "ComparedLedger") -> None:
    """Every row that is not written, with its reason, and the number of rows of each outcome."""
    from gongjian.engines.tables.heads import column_name
    from gongjian.imports.error_workbook import NOT_WRITTEN
    from gongjian.imports.states import RowOutcome

    for outcome in NOT_WRITTEN:
        for plan in compared.with_outcome(outcome):
            _say_row(plan)
    for plan in compared.lacking:
        place = _("%(sheet)s 第 %(row)s 行") % {"sheet": plan.row.sheet, "row": plan.row.number + 1}
        cells = "；".join(f"{column_name(cell.column or 0)} {cell.sentence}" for cell in plan.row.left_out)
        print(_("没有写入的格子  %(place)s  %(cells)s") % {"place": place, "cells": cells}, file=sys.stderr)
    for sheet in compared.ledger.sheets:
        if sheet.other_table:
            words = _("%(sheet)s 第 %(row)s 行起是另一张表，没有读；要导入请放到单独的工作表")
            print(words % {"sheet": sheet.name, "row": sheet.other_table}, file=sys.stderr)
    for name in compared.names.undecided:
        print(
            _("没有登记：%(kind)s %(name)s") % {"kind": name.kind.label, "name": name.name}, file=sys.stderr
        )
    print("  ".join(f"{o.label} {compared.counts[o.value]}" for o in RowOutcome if compared.counts[o.value]))


def _say_row(plan: "RowPlan") -> None:
    place = _("%(sheet)s 第 %(row)s 行") % {"sheet": plan.row.sheet, "row": plan.row.number + 1}
    print(f"{plan.outcome.label}  {place}  {plan.title}  {plan.sentence}", file=sys.stderr)


def _write_errors(batch: "ImportBatch", compared: "ComparedLedger", file: Path) -> None:
    from gongjian.imports.error_workbook import error_workbook, refusals_of

    file.write_bytes(error_workbook(batch, compared, refusals_of(compared)))


def _code(compared: "ComparedLedger") -> int:
    from gongjian.imports.error_workbook import NOT_WRITTEN

    left = compared.lacking or any(compared.counts[o.value] for o in NOT_WRITTEN)
    return PARTLY if left else 0


def _told(batch: "ImportBatch") -> int:
    counts = batch.counts
    print(
        _("已写入：新增 %(created)s 行，修改 %(changed)s 行。")
        % {"created": counts.get("CREATED", 0), "changed": counts.get("CHANGED", 0)}
    )
    return PARTLY if batch.refusals else 0


class _Progress:
    """Tells about once a second how many rows are written, and how many a second."""

    def __init__(self) -> None:
        self.started = self.told = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self.told < BETWEEN:
            return
        self.told = now
        rate = round(done / (now - self.started))
        message = _("正在写入 %(done)s / %(of)s 行，每秒 %(rate)s 行")
        print(message % {"done": done, "of": of, "rate": rate}, file=sys.stderr, flush=True)
