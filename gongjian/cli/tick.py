"""`gongjian tick`: housekeeping, safe to run at any time and any number of times."""

import argparse

HELP = "例行清理（可随时重复执行）"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No words."""


def run(_args: argparse.Namespace) -> int:
    """Drop expired sessions. Lights need no tick: they are computed when read."""
    from gongjian.cli.instance import open_instance

    open_instance()
    from django.core.management import call_command

    call_command("clearsessions")
    return 0
