"""`gongjian tick`: what runs by the clock, safe to run at any time and any number of times."""

import argparse
import logging
import os
import time
from datetime import datetime
from pathlib import Path

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("例行任务：催办督办、每日摘要、发送、学习承办建议、清理（可随时重复执行）")


PULSE = 20  # seconds between two looks for what is to leave at once
GRACE = 20  # seconds a service gets before its first run


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument(
        "--clock-is-right",
        action="store_true",
        help=_("时钟无误，与上次运行隔得再久也执行（停用过、恢复了旧备份之后用一次）"),
    )
    parser.add_argument(
        "--every", type=int, default=0, metavar=_("秒"), help=_("每隔多少秒重复，直到启动它的进程结束")
    )


def run(args: argparse.Namespace) -> int:
    """Run the routine work once, or repeatedly with `--every`; lights are computed when read."""
    from gongjian.cli.instance import open_current_instance

    open_current_instance()
    if args.every:
        return _repeat(args.every, parent=os.getppid())
    _once(clock_is_right=args.clock_is_right)
    return 0


def _once(*, clock_is_right: bool = False) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from gongjian.cli import last_tick

    now = timezone.now()
    if not clock_is_right:
        last_tick.refuse_leap(settings.HOME, now)
    call_command("clearsessions")
    tick(now)
    _put_out_head(now)
    last_tick.remember(settings.HOME, now)


def _put_out_head(now: datetime) -> None:
    """The head of the chain goes to the second place; one out of reach is told, and made up for the next time."""
    from django.conf import settings
    from django.utils import timezone

    from gongjian.audit.tampering import anchors

    if not settings.ANCHOR:
        return
    try:
        anchors.put_out(Path(settings.ANCHOR), today=timezone.localdate(now))
    except OSError as error:
        said = {"folder": settings.ANCHOR, "why": error.strerror or error}
        told = _("链头没有存到 %(folder)s：%(why)s。恢复以后会补上。") % said
        logging.getLogger(__name__).error("%s", told)  # noqa: TRY400  a sentence for the operator


def _deliver() -> None:
    """Send what is to leave at once, between two runs of the routine work."""
    from django.utils import timezone

    from gongjian.notices import outbox

    try:
        outbox.deliver(at=timezone.now())
    except Exception:
        logging.getLogger(__name__).exception("delivery failed")


def _repeat(seconds: int, *, parent: int) -> int:
    """Until the process that started this one is gone; one run that fails does not end it."""
    from django.db import close_old_connections

    from gongjian.audit import Refused

    due = pulse = time.monotonic() + GRACE
    while os.getppid() == parent:
        if time.monotonic() >= pulse:
            pulse = time.monotonic() + PULSE
            _deliver()
        if time.monotonic() >= due:
            due = time.monotonic() + seconds
            try:
                _once()
            except Refused as refused:
                logging.getLogger(__name__).error("%s", refused.sentence)  # noqa: TRY400  a sentence for the operator
            except Exception:
                logging.getLogger(__name__).exception("routine run failed")
            close_old_connections()
        time.sleep(1)
    return 0


def tick(at: datetime) -> None:
    """Do all routine work that is due at this moment.

    It climbs the ladder of escalation, makes and sends digests, retrains the suggestion of units from past
    hand-overs, and deletes old counts of attempts, old sign-ins and old keys of forms.
    """
    from django.utils import timezone

    from gongjian.assignments.calendar.queries import current_calendar
    from gongjian.assignments.escalation.services import run_ladder
    from gongjian.assignments.notices_to_units.services import tell_due_today
    from gongjian.audit.used_forms import services as used_forms
    from gongjian.notices import outbox
    from gongjian.notices import services as notices
    from gongjian.people.attempts import services as attempts
    from gongjian.people.sessions import services as sessions
    from gongjian.problems.suggested_units import model_file

    run_ladder(at=at)
    tell_due_today(at=at)
    working = current_calendar().is_working(timezone.localdate(at))
    notices.make_digests(working=working, at=at)
    outbox.deliver(at=at)
    model_file.refresh()
    attempts.sweep(at=at)
    sessions.forget_old(at=at)
    used_forms.forget_old(at=at)
