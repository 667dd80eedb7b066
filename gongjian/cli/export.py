"""`gongjian export KIND FILE`: what an office has registered as a workbook that `gongjian import KIND FILE` reads again."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongjian.cli.import_ledger import KINDS
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

if TYPE_CHECKING:
    from gongjian.ledgers.sheet import Telephones

HELP = gettext_noop("导出业务台账为 Excel，表头与导入的相同")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("kind", choices=KINDS, metavar=_("种类"), help="、".join(KINDS))
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_(".xlsx"))
    parser.add_argument(
        "--source", default="", metavar=_("来源"), help=_("哪个来源的企业月度数据，缺省为企业月报")
    )
    parser.add_argument("--hide-telephones", action="store_true", help=_("隐去电话号码的中间几位"))


def run(args: argparse.Namespace) -> int:
    """Write the workbook: everything of a kind, telephone numbers whole unless asked otherwise."""
    from gongjian.cli.instance import open_current_instance

    open_current_instance()
    from gongjian.ledgers.sheet import Telephones

    telephones = Telephones.HIDDEN if args.hide_telephones else Telephones.WHOLE
    file: Path = args.file
    file.touch(mode=0o600)
    file.write_bytes(_workbook(args, telephones))
    print(_("已写入 %(file)s") % {"file": file})
    return 0


def _workbook(args: argparse.Namespace, telephones: "Telephones") -> bytes:
    from django.utils import timezone

    from gongjian.ledgers.every_kind import export_workbook

    more: dict[str, Any] = {"source": args.source} if args.source else {}
    return export_workbook(args.kind, as_of=timezone.localtime(), telephones=telephones, **more)
