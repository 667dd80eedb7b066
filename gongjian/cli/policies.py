"""`gongjian policies check | sql | run`: rules looked through with their cases, written as one SQL statement, or run in another engine."""

import argparse

from gongjian.cli import policy_check, policy_run, policy_sql
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("检查政策规则，把规则写成一条 SQL，或在别的数据库里跑")
ACTIONS = {"check": policy_check, "sql": policy_sql, "run": policy_run}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("做什么"))
    for name, module in ACTIONS.items():
        help_text = _(module.HELP)
        action = actions.add_parser(name, help=help_text, description=help_text)
        module.arguments(action)
        action.set_defaults(act=module.run)


def run(args: argparse.Namespace) -> int:
    """Do what was asked for."""
    code: int = args.act(args)
    return code
