"""When the routine work last ran (a file of the instance), so that a clock that leapt is noticed before anybody is told anything."""

from datetime import datetime, timedelta
from pathlib import Path

from gongjian.audit import Refused
from gongjian.audit.queries import last_moment
from gongjian.cli.instance import write_own_file
from gongjian.cli.language import gettext as _

FILE = "last_tick"
LONGEST_PAUSE = timedelta(days=40)  # an office that lives never stands still so long
TOLERANCE = timedelta(minutes=5)  # a clock that is set right may step back so far


def refuse_leap(home: Path, now: datetime) -> None:
    """Raise Refused when the clock stands before the last run or event, or so long after it that it may have leapt."""
    last = _last(home)
    if last is None or -TOLERANCE <= now - last <= LONGEST_PAUSE:
        return
    said = {"now": _shown(now), "last": _shown(last), "n": abs((now - last).days)}
    if now < last:
        raise Refused(
            _(
                "本机时间 %(now)s 早于上次运行或最近一条留痕 %(last)s，例行任务没有执行。请校准时钟（如 timedatectl set-ntp true）；时钟无误时运行 gongjian tick --clock-is-right。"
            )
            % said
        )
    raise Refused(
        _(
            "本机时间 %(now)s 比上次运行 %(last)s 晚了 %(n)s 天，时钟可能走快了：例行任务没有执行，没有催办，也没有发通知。请校准时钟；时钟无误（如停用过、恢复了旧备份）时运行 gongjian tick --clock-is-right。"
        )
        % said
    )


def remember(home: Path, now: datetime) -> None:
    """Keep this moment as that of the last run."""
    half = home / (FILE + ".part")
    half.unlink(missing_ok=True)
    write_own_file(half, now.isoformat().encode())
    half.replace(home / FILE)


def _last(home: Path) -> datetime | None:
    """The last run; where none is known or it cannot be read, the last event."""
    try:
        kept = datetime.fromisoformat((home / FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return last_moment()
    return kept if kept.tzinfo else last_moment()


def _shown(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
