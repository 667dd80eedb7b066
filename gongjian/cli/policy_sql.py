"""`gongjian policies sql PATH --dialect D`: all rules as one statement over a table of firms, for data beyond one machine."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gongjian.audit.refused import Refused
from gongjian.cli.days import given_day
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop
from gongjian.cli.policy_check import FACTS
from gongjian.cli.policy_faults import sentence_of_table

if TYPE_CHECKING:
    from gongjian.engines.policy.facts.catalogue import Catalogue

HELP = gettext_noop("把规则写成一条 SQL，整张企业表只扫一遍")
DIALECTS = ("postgres", "duckdb", "clickhouse", "spark")
KEY = "id"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("path", type=Path, metavar=_("规则文件夹"), help=_("其中的 .yaml 和 .yml 文件"))
    parser.add_argument("--dialect", choices=DIALECTS, required=True, help=_("哪一种数据库"))
    parser.add_argument("--table", default="firms", metavar=_("表名"), help=_("企业表的名称，缺省 firms"))
    parser.add_argument(
        "--key", metavar=_("列名"), help=_("企业名称或代码那一列，缺省从 --columns 里找，再缺省 id")
    )
    parser.add_argument(
        "--columns",
        type=Path,
        metavar=_("文件"),
        help=_(
            "表里有哪些列：一张同样表头的 .parquet、.csv、.xlsx，或每行一个列名的 .txt；没有的列按缺数据处理"
        ),
    )
    parser.add_argument("--as-of", type=given_day, metavar=_("日期"), help=_("按哪一天判定，默认今天"))
    parser.add_argument("--all", action="store_true", help=_("不符合的也写出来"))
    parser.add_argument(
        "--facts", type=Path, default=FACTS, metavar=_("文件"), help=_("另一份数据目录（TOML）")
    )


def run(args: argparse.Namespace) -> int:
    """Print the statement."""
    from gongjian.cli.match import rules_of
    from gongjian.engines.policy.rules.library import on_day
    from gongjian.engines.policy.rules.policy import Verdict
    from gongjian.engines.policy.sql.all_rules import WRITTEN, all_to_sql

    as_of = args.as_of or date.today()  # noqa: DTZ011 - the clerk's own day
    rules = rules_of(args.path, args.facts, as_of)
    key, headings = (None, None) if args.columns is None else _headings(args.columns, rules.catalogue)
    statement = all_to_sql(
        rules.in_force,
        dialect=args.dialect,
        as_of=as_of,
        table=args.table,
        key=args.key or key or KEY,
        columns=headings,
        headings=headings,
        others=on_day(rules.policies, as_of),
        verdicts=tuple(Verdict) if args.all else WRITTEN,
    )
    print(statement)
    if headings is None:
        print(_("没有写 --columns，按规则要看的列表里都有来写；少一列数据库就会报错。"), file=sys.stderr)
    return 0


def _headings(path: Path, catalogue: "Catalogue") -> tuple[str | None, dict[str, str]]:
    """The heading of the names of firms, and canonical name -> heading of every fact."""
    from gongjian.engines.policy.tables.bad_cells import BadTable
    from gongjian.engines.policy.tables.table_file import TableFile, matched_headings

    try:
        if path.suffix.lower() != ".txt":
            file = TableFile(path, catalogue, None)
            return file.id, {column: heading for heading, (column, _fact) in file.facts.items()}
        names = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
        key, facts = matched_headings(names, catalogue)
        return key, {column: heading for heading, (column, _fact) in facts.items()}
    except BadTable as error:
        raise Refused(sentence_of_table(error)) from error
    except UnicodeDecodeError as error:
        raise Refused(_("%(file)s 不是 UTF-8 文字。请另存后再试。") % {"file": path.name}) from error
