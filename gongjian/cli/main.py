"""The command line: one table of commands, one module each, with `HELP`, `arguments(parser)` and `run(args)`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from gongjian.audit.refused import Refused

COMMANDS = (
    "demo",
    "serve",
    "init",
    "tick",
    "backtest",
    "intake",
    "bulletin",
    "ledger",
    "match",
    "backup",
    "restore",
    "doctor",
    "verify",
)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(prog="gongjian", description="攻坚：攻坚办的工作台账")
    commands = top.add_subparsers(dest="command", required=True, metavar="命令")
    for name in COMMANDS:
        module = import_module(f"gongjian.cli.{name}")
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.arguments(command)
        command.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused with a sentence, 2 wrong words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings")
    args = parser().parse_args(argv)
    try:
        code: int = args.run(args)
    except Refused as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(f"文件 {error.filename} 读写失败：{error.strerror}。请检查路径和权限。", file=sys.stderr)
        return 1
    return code
