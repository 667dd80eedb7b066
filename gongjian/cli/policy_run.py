"""`gongjian policies run FIRMS POLICIES --on duckdb|postgres --out OUT`: what `gongjian match` does, in a database engine."""

import argparse
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from gongjian.audit.refused import Refused
from gongjian.cli import match
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

if TYPE_CHECKING:
    from gongjian.engines.policy.sql.databases import Database
    from gongjian.engines.policy.sql.running import EngineRun
    from gongjian.engines.policy.tables.matching import MatchStats

HELP = gettext_noop("在 DuckDB 或 PostgreSQL 里匹配，结果与 match 相同")
ENGINES = ("duckdb", "postgres")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    match.arguments(parser)
    parser.add_argument("--on", choices=ENGINES, required=True, help=_("哪一种数据库"))
    parser.add_argument(
        "--database",
        metavar=_("地址"),
        help=_("PostgreSQL 的地址，如 postgresql://用户@主机/库；只用一张临时表"),
    )


def run(args: argparse.Namespace) -> int:
    """Match in the engine, write the file and print a summary."""
    match.check_files(args)
    database = _database(args)
    try:
        return match.carry_out(args, lambda *given: _prepared(args, database, *given))
    except database.fault as error:
        raise Refused(_("数据库出错：%(why)s") % {"why": str(error).strip()}) from error
    finally:
        database.close()


def _prepared(  # noqa: PLR0917 - the arguments of `match.prepared` behind the engine
    args: argparse.Namespace, database: "Database", rules: match.RuleFolder, as_of: date, stats: "MatchStats"
) -> "EngineRun":
    from gongjian.engines.policy.sql.running import EngineRun

    work = match.prepared(args, rules, as_of, stats)
    given = {each.name: getattr(work, each.name) for each in fields(work)}
    return EngineRun(**given, database=database, others=rules.policies)


def _database(args: argparse.Namespace) -> "Database":
    if args.on == "postgres" and not args.database:
        raise Refused(_("请用 --database 写明 PostgreSQL 的地址。"))
    try:
        from gongjian.engines.policy.sql import databases

        return databases.DuckDB() if args.on == "duckdb" else databases.PostgreSQL(args.database)
    except ImportError as error:
        raise Refused(
            _("没有装 %(name)s。请先运行 pip install %(name)s，再试一次。") % {"name": error.name or args.on}
        ) from error
    except OSError as error:
        raise Refused(_("数据库出错：%(why)s") % {"why": str(error).strip()}) from error
