"""`gongjian verify`: checks the chain of events (留痕链), and the data beside it against what the events say."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

if TYPE_CHECKING:
    from gongjian.audit.tampering.queries import Difference

HELP = gettext_noop("核验留痕链、数据库、附件和各表数据，指出与留痕不符的地方")
SHOWN = 200  # differences that are listed; more are counted


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument(
        "--head",
        default="",
        metavar=_("条数:摘要"),
        help=_("以前打印的链头，如 1520:9f3a…：核对当时的链是不是现在这条链的开头"),
    )


def run(args: argparse.Namespace) -> int:
    """Verify chain, database file, attachments and rows; returns 0 when all is as the events left it, 1 otherwise."""
    from gongjian.cli.instance import open_instance

    open_instance()
    return verified(args.head)


def verified(head: str = "", *, anchored: bool = True) -> int:
    """Verify the instance that is open, print what was found; returns the exit code.

    `head` is one printed earlier; with `anchored` the heads put in a second place are compared too.
    """
    from gongjian.web.health import readiness

    as_the_program = not readiness.pending_migrations() and not readiness.unknown_migrations()
    told = [*_chain(head), *(_anchored() if anchored else []), *_file(), *(_data() if as_the_program else [])]
    for line in told:
        print(line)
    if told:
        return 1
    from gongjian.audit.models import ChainHead

    last = ChainHead.objects.filter(pk=1).first()
    facts = {"length": last.length if last else 0, "digest": last.digest if last else "—"}
    print(_("留痕链完整：%(length)s 条，链头 %(digest)s") % facts)
    if as_the_program:
        print(_("数据库、附件和各表数据与留痕一致"))
    else:
        print(_("数据库结构与程序不同，只核验了留痕链和数据库文件；升级后再核验各表数据"))
    return 0


def _chain(printed: str) -> list[str]:
    from gongjian.audit import Refused
    from gongjian.audit.queries import verify
    from gongjian.audit.tampering.queries import head_was

    broken = verify()
    told = (
        [_("留痕链在第 %(seq)s 条断开：%(why)s") % {"seq": broken.seq, "why": broken.why}] if broken else []
    )
    if not printed:
        return told
    length, _colon, digest = printed.replace("：", ":").partition(":")
    if not length.strip().isdecimal() or not digest.strip():
        raise Refused(_("链头写成“条数:摘要”，两样都在打印的日链头上，如 --head 1520:9f3a。"))
    if not head_was(int(length), digest.strip().lower()):
        told.append(
            _("第 %(seq)s 条的摘要不是打印的那个：链被整条改写过，或者不是这个实例") % {"seq": length.strip()}
        )
    return told


def _anchored() -> list[str]:
    """The heads put in a second place, each against the chain."""
    from django.conf import settings

    from gongjian.audit.tampering.anchors import differing_heads

    if not settings.ANCHOR:
        return []
    try:
        found = [anchor.day for anchor in differing_heads(Path(settings.ANCHOR))]
    except OSError as error:
        said = {"folder": settings.ANCHOR, "why": error.strerror or error}
        return [_("读不到另存的链头 %(folder)s：%(why)s") % said]
    span = {"n": len(found), "first": min(found, default=""), "last": max(found, default="")}
    told = _(
        "另存的链头有 %(n)s 个不在现在的链里（%(first)s 至 %(last)s）：链被改写过，或者不是这个实例。恢复过旧备份的，请写明情况，把那以后的链头文件移到别处。"
    )
    return [told % span] if found else []


def _file() -> list[str]:
    from gongjian.audit.tampering.queries import damages

    return [_("数据库文件损坏：%(what)s") % {"what": line} for line in damages()]


def _data() -> list[str]:
    from itertools import chain, islice

    from gongjian.assignments.tampering.queries import differing_columns
    from gongjian.attachments.tampering.queries import differing_files
    from gongjian.audit.tampering.queries import differing_fields

    found = chain(differing_columns(), differing_files(), differing_fields())
    told = [_in_words(difference) for difference in islice(found, SHOWN)]
    more = sum(1 for _difference in found)
    return told + ([_("另有 %(n)s 处") % {"n": more}] if more else [])


def _in_words(difference: "Difference") -> str:
    facts = {
        "table": difference.table,
        "row": difference.row,
        "field": difference.field,
        "stored": "—" if difference.stored is None else difference.stored,
        "recorded": "—" if difference.recorded is None else difference.recorded,
    }
    return _("%(table)s 第 %(row)s 行 %(field)s：现为 %(stored)s，留痕为 %(recorded)s") % facts
