"""The command line: one table of commands, one module each, with `HELP`, `arguments(parser)` and `run(args)`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from gongjian.audit.refused import Refused
from gongjian.cli import failures, language
from gongjian.cli.language import gettext as _
from gongjian.cli.roomy_frame import in_roomy_frame
from gongjian.engines.writing.signs import clean_values

COMMANDS = (
    "demo",
    "serve",
    "init",
    "account",
    "tick",
    "backtest",
    "intake",
    "bulletin",
    "ledger",
    "template",
    "import",
    "export",
    "match",
    "policies",
    "forecast",
    "backup",
    "restore",
    "upgrade",
    "doctor",
    "verify",
)
OTHER_FILES = {"import": "import_ledger"}  # a word of the language cannot be the name of a file


def parser() -> argparse.ArgumentParser:
    """The parser of all commands, in the current language."""
    top = argparse.ArgumentParser(prog="gongjian", description=_("攻坚：攻坚办的工作台账"))
    _common(top, default=None)
    commands = top.add_subparsers(dest="command", required=True, metavar=_("命令"))
    for name in COMMANDS:
        module = import_module(f"gongjian.cli.{OTHER_FILES.get(name, name)}")
        help_text = _(module.HELP)
        command = commands.add_parser(name, help=help_text, description=help_text)
        _common(command, default=argparse.SUPPRESS)
        module.arguments(command)
        command.set_defaults(run=module.run)
    return top


def _common(command: argparse.ArgumentParser, *, default: str | None) -> None:
    """Words every command takes, before its name or after it."""
    command.add_argument(
        "--home", default=default, metavar=_("文件夹"), help=_("实例文件夹，缺省取环境变量 GONGJIAN_HOME")
    )
    command.add_argument(
        "--language",
        choices=language.LANGUAGES,
        default=default,
        help=_("输出的语言，缺省取环境变量 GONGJIAN_LANGUAGE，再缺省为中文"),
    )


def _choose_language(argv: Sequence[str] | None) -> None:
    """Before anything is explained, in the language asked for."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--language", choices=language.LANGUAGES)
    try:
        options, _rest = early.parse_known_args(argv)
    except argparse.ArgumentError:
        return  # the real parser says what is wrong
    if options.language:
        language.choose(options.language)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when done, 1 when refused, 2 for wrong arguments.

    `doctor` has exit codes of its own.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings")
    _choose_language(argv)
    args = parser().parse_args(argv)
    vars(args).update(clean_values(vars(args)))
    if args.home:
        os.environ["GONGJIAN_HOME"] = args.home
    try:
        code: int = in_roomy_frame(lambda: args.run(args))
    except Refused as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(failures.of_file(error), file=sys.stderr)
        return 1
    except Exception as error:
        if not (sentence := failures.of_database(error)):
            raise
        print(sentence, file=sys.stderr)
        return 1
    return code
