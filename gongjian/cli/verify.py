"""`gongjian verify`: walk the chain."""

import argparse

HELP = "核验留痕链，指出第一条断开的事件"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No words."""


def run(_args: argparse.Namespace) -> int:
    """0 whole, 1 broken."""
    from gongjian.cli.instance import open_instance

    open_instance()
    from gongjian.audit.models import ChainHead
    from gongjian.audit.queries import verify

    broken = verify()
    if broken:
        print(f"留痕链在第 {broken.seq} 条断开：{broken.why}")
        return 1
    head = ChainHead.objects.filter(pk=1).first()
    print(f"留痕链完整：{head.length if head else 0} 条，链头 {head.digest if head else '—'}")
    return 0
