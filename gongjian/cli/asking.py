"""Questions of a command at a terminal; where nobody sits there, the proposed answer is taken."""

import sys
from collections.abc import Sequence

from gongjian.cli.language import gettext as _
from gongjian.engines.writing.signs import clean_line


def somebody_there() -> bool:
    """Whether a person can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, proposed: str = "") -> str:
    """The answer in words; Enter takes the proposed one, which also stands where nobody can be asked."""
    if not somebody_there():
        return proposed
    shown = _("%(question)s［%(proposed)s］：") if proposed else _("%(question)s：")
    return _typed(shown % {"question": question, "proposed": proposed}) or proposed


def _typed(question: str) -> str:
    """One line from the terminal, without signs that nobody sees."""
    return clean_line(input(question)).strip()


def choose(question: str, choices: Sequence[tuple[str, str]]) -> str:
    """The key of the chosen line by its number; Enter takes none, and so does a place where nobody can be asked."""
    if not somebody_there():
        return ""
    print(question)
    for number, (_key, words) in enumerate(choices, 1):
        print(f"  {number}  {words}")
    while True:
        answer = _typed(_("请输入序号，直接回车则以后再定："))
        if not answer:
            return ""
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1][0]
        print(_("没有这个序号。请输入 1 到 %(n)s。") % {"n": len(choices)})
