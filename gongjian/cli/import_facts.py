"""`gongjian import facts FILE`: monthly figures of firms, read and kept by the import of figures."""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gongjian.cli.language import gettext as _

if TYPE_CHECKING:
    from gongjian.enterprises.models import FactBatch
    from gongjian.ledgers.fact_import.headings import Period
    from gongjian.people.models import Account

PARTLY = 3  # written, and some cells were not


def import_facts(args: argparse.Namespace, *, by: "Account", at: datetime) -> int:
    """Import the figures; 0 when every cell went in or stands already, 3 when some did not."""
    from django.utils import timezone

    from gongjian.engines.tables.heads import column_name
    from gongjian.enterprises.fact_batches.services import add_batch
    from gongjian.ledgers.fact_import import services
    from gongjian.ledgers.fact_import.checks import CellOutcome
    from gongjian.ledgers.vocabulary import MONTHLY_REPORT

    file: Path = args.file
    opened = services.open_workbook(
        file_name=file.name,
        file=file.read_bytes(),
        source=args.source or MONTHLY_REPORT,
        default=_month(args.month),
        by=by,
        at=at,
    )
    today = timezone.localdate(at)
    checked = services.preview_workbook(opened, by=by, today=today)
    open_cells = [*checked.cells_with(CellOutcome.REFUSED), *checked.cells_with(CellOutcome.ASKS)]
    for line in open_cells:
        place = _("%(sheet)s 第 %(row)s 行 %(column)s 列") % {
            "sheet": opened.sheet,
            "row": line.row + 1,
            "column": column_name(line.column),
        }
        print(f"{place}  {line.name} {line.what} {line.value}  {line.sentence}", file=sys.stderr)
    if args.errors:
        args.errors.write_bytes(services.error_workbook_of(opened, by=by, today=today))
    if args.dry_run or not (checked.facts or (args.confirm and open_cells)):
        return PARTLY if open_cells else 0
    batch = add_batch(opened, by=by, at=at)
    write = services.write_all_as_they_are if args.confirm else services.write_workbook
    return _told(write(batch, by=by, at=at), len(open_cells))


def _month(text: str) -> "Period | None":
    from gongjian.enterprises.states import PeriodKind

    return (PeriodKind.MONTH, date.fromisoformat(f"{text}-01")) if text else None


def _told(batch: "FactBatch", left: int) -> int:
    print(
        _("已写入：新增 %(new)s 个数，更正 %(corrected)s 个数。")
        % {"new": batch.new_count, "corrected": batch.corrected_count}
    )
    return PARTLY if left else 0
