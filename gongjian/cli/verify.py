"""`gongjian verify`: checks that the chain of events (留痕链) is whole."""

import argparse

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("核验留痕链，指出第一条断开的事件")


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: this command takes no arguments."""


def run(_args: argparse.Namespace) -> int:
    """Verify the chain of events (留痕链); returns 0 when it is whole, 1 when it is broken."""
    from gongjian.cli.instance import open_instance

    open_instance()
    from gongjian.audit.models import ChainHead
    from gongjian.audit.queries import verify

    broken = verify()
    if broken:
        print(_("留痕链在第 %(seq)s 条断开：%(why)s") % {"seq": broken.seq, "why": broken.why})
        return 1
    head = ChainHead.objects.filter(pk=1).first()
    facts = {"length": head.length if head else 0, "digest": head.digest if head else "—"}
    print(_("留痕链完整：%(length)s 条，链头 %(digest)s") % facts)
    return 0
