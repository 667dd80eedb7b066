"""`gongjian intake FILE`: a report becomes drafts, without a database."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongjian.engines.reports.registers import Registers

from gongjian.cli.days import given_day
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("读一篇报道，输出草稿（不写台账）")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_(".docx、.html、.pdf、.rtf、.md 或 .txt"))
    parser.add_argument(
        "--registers", type=Path, metavar=_("文件"), help=_("人员职务、单位、企业名册（JSON）")
    )
    parser.add_argument("--published", type=given_day, metavar=_("日期"), help=_("刊发日期，如 2023-01-31"))
    parser.add_argument("--json", type=Path, metavar=_("文件"), help=_("把草稿写成 JSON"))


def _registers(file: Path) -> "Registers":
    from gongjian.audit.refused import Refused
    from gongjian.engines.reports.registers import RegisterProblem, Registers

    try:
        return Registers.from_json(file.read_text(encoding="utf-8"))
    except (RegisterProblem, UnicodeDecodeError) as error:
        why = str(error) if isinstance(error, RegisterProblem) else _("不是 UTF-8 文本，请另存后再试。")
        raise Refused(f"{file}：{why}") from error


@contextmanager
def _progress() -> Iterator[None]:
    """Tell every second on the error stream for how long it has been reading."""
    done = Event()

    def tell() -> None:
        seconds = 0
        while not done.wait(1):
            seconds += 1
            print(_("正在阅读……已用 %(n)s 秒") % {"n": seconds}, file=sys.stderr, flush=True)

    telling = Thread(target=tell, daemon=True)
    telling.start()
    try:
        yield
    finally:
        done.set()
        telling.join()


def run(args: argparse.Namespace) -> int:
    """Print what was read out of the report, or write it as JSON."""
    from gongjian.cli.instance import open_words

    open_words()
    from gongjian.engines.reports.as_json import to_json
    from gongjian.engines.reports.extractor import extract
    from gongjian.engines.reports.registers import EMPTY
    from gongjian.intake.report_file import NOTHING_FOUND, check_report_text, read_report

    registers = _registers(args.registers) if args.registers else EMPTY
    with _progress():
        text = read_report(args.file.name, args.file.read_bytes())
        check_report_text(text)
        draft = to_json(extract(text, registers=registers, hint=args.published))
    if not draft["events"]:
        print(_(NOTHING_FOUND), file=sys.stderr)
    rendered = json.dumps(draft, ensure_ascii=False, indent=1)
    if args.json:
        args.json.write_text(rendered + "\n", encoding="utf-8")
        figures = {key: len(draft[key]) for key in ("events", "people", "actions")}
        message = _("%(events)s 项活动、%(people)s 名人员、%(actions)s 条要求，已写入 %(file)s")
        print(message % {**figures, "file": args.json})
    else:
        sys.stdout.write(rendered + "\n")
    return 0
