"""`gongjian tick`: what runs by the clock, safe to run at any time and any number of times."""

import argparse
from datetime import datetime

HELP = "例行任务：每日摘要、发送、学习承办建议、清理（可随时重复执行）"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No words."""


def run(_args: argparse.Namespace) -> int:
    """Once now. Lights need no tick: they are computed when read."""
    from gongjian.cli.instance import open_instance

    open_instance()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("clearsessions")
    tick(timezone.now())
    return 0


def tick(at: datetime) -> None:
    """Make the digests that are due, send what waits, learn from what was handed over."""
    from django.utils import timezone

    from gongjian.assignments.calendars import current_calendar
    from gongjian.notices import outbox
    from gongjian.notices import services as notices
    from gongjian.problems.suggesting import store

    working = current_calendar().is_working(timezone.localdate(at))
    notices.make_digests(working=working, at=at)
    outbox.deliver(at=at)
    store.refresh()
