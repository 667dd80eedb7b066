"""The folder of an instance.

Only `init`, `demo` and `restore` create one; every other command opens an existing one.
"""

import fcntl
import gc
import os
import time
from pathlib import Path

import django

from gongjian.audit.refused import Refused
from gongjian.cli.language import django_code
from gongjian.cli.language import gettext as _

KEY = "secret_key"
DATABASE = "gongjian.sqlite3"
MARK = "upgrade.json"  # lies in the folder while an upgrade is under way, and after one that was killed
LOCK = "in-use.lock"
BACKUPS = "backups"
MAP = "map.geojson"  # an office's own map
OWN_FOLDER, OWN_FILE = 0o700, 0o600
PATIENCE = 3  # seconds a routine run gets to notice that its server has stopped

_held: dict[Path, int] = {}


def create_instance() -> None:
    """Create the folder, its key and its database file where missing, then load Django.

    Only the current user can read them.
    """
    from django.conf import settings

    settings.HOME.mkdir(parents=True, exist_ok=True, mode=OWN_FOLDER)
    _refuse_half_upgraded(settings.HOME)
    write_own_file(settings.HOME / KEY, settings.SECRET_KEY.encode())
    if on_sqlite():
        write_own_file(settings.HOME / DATABASE, b"")
    hold()
    django.setup()


def open_instance() -> None:
    """Load Django with an existing instance; creates nothing.

    Raises Refused when there is no instance or its upgrade was interrupted.
    """
    from django.conf import settings

    _refuse_no_folder(settings.HOME)
    _refuse_half_upgraded(settings.HOME)
    hold()
    django.setup()
    _refuse_no_tables(settings.HOME)


def open_words() -> None:
    """Load Django's settings and sentences, and no instance: for a command that works on files alone."""
    from django.apps import apps
    from django.utils import translation

    if not apps.ready:
        apps.populate([])
    translation.activate(django_code())


def open_current_instance() -> None:
    """Like `open_instance`, but also raises Refused when the database is older or newer than the program."""
    open_instance()
    from gongjian.web.health import readiness

    if readiness.unknown_migrations():
        raise Refused(_("数据库比程序新。请安装与数据库相配的版本，或从备份恢复到另一个文件夹。"))
    if readiness.pending_migrations():
        raise Refused(_("数据库结构比程序旧。请先停止服务，运行 gongjian upgrade，再重试。"))


def on_sqlite() -> bool:
    """Whether the instance keeps its data in a SQLite file of its folder."""
    from django.conf import settings

    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def write_own_file(file: Path, content: bytes) -> None:
    """Write a file that only this user can read; an existing file is left as it is."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN_FILE)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    give_to_owner(file)


def own_backups() -> Path:
    """The folder for back-ups and work in progress within the instance; no back-up holds it."""
    from django.conf import settings

    folder: Path = settings.HOME / BACKUPS
    folder.mkdir(mode=OWN_FOLDER, exist_ok=True)
    give_to_owner(folder)
    return folder


def give_to_owner(place: Path) -> None:
    """Give what root created to the owner of its parent folder, so that the service can use it."""
    if os.geteuid() == 0:
        around = place.parent.stat()
        os.chown(place, around.st_uid, around.st_gid)


def hold() -> None:
    """Mark the folder as in use until this process ends; raises Refused during an upgrade."""
    if not _lock(fcntl.LOCK_SH):
        raise Refused(_("这个实例正在升级。请等升级完成后再试。"))


def hold_alone() -> None:
    """Lock the folder for this process alone; raises Refused while a server or another command uses it."""
    end = time.monotonic() + PATIENCE
    while not _lock(fcntl.LOCK_EX):
        if time.monotonic() > end:
            raise Refused(
                _("有服务或别的命令正在使用这个实例（in-use.lock 被占用）。请先停止 gongjian serve，再重试。")
            )
        time.sleep(0.1)


def _lock(kind: int) -> bool:
    from django.conf import settings

    file = settings.HOME / LOCK
    if file not in _held:
        write_own_file(file, b"")
        _held[file] = os.open(file, os.O_RDWR)
    try:
        fcntl.flock(_held[file], kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _refuse_no_folder(folder: Path) -> None:
    from django.conf import settings

    name = settings.DATABASES["default"]["NAME"]
    database_missing = isinstance(name, Path) and not (name.is_file() and name.stat().st_size)
    if not (folder / KEY).is_file() or database_missing:
        raise Refused(_no_instance(folder))


def _refuse_no_tables(folder: Path) -> None:
    from django.db import OperationalError, connection

    try:
        tables = connection.introspection.table_names()
    except OperationalError as error:
        raise Refused(
            _("数据库连不上：%(why)s。请检查 GONGJIAN_DATABASE 和数据库服务。") % {"why": error}
        ) from error
    if "django_migrations" not in tables:
        raise Refused(_no_instance(folder))


def _no_instance(folder: Path) -> str:
    return _(
        "文件夹 %(folder)s 不是攻坚的实例。请用 --home 或环境变量 GONGJIAN_HOME 写明实例文件夹；要新建实例，请运行 gongjian init。"
    ) % {"folder": folder}


def _refuse_half_upgraded(folder: Path) -> None:
    if (folder / MARK).exists():
        raise Refused(
            _(
                "上一次升级中途停下了，实例 %(folder)s 现在不能使用。请运行 gongjian upgrade --back 回到升级前，或运行 gongjian upgrade 重新升级。"
            )
            % {"folder": folder}
        )


def freeze_loaded_modules() -> None:
    """Load every page, then exclude what is loaded from garbage collection.

    Otherwise one request in twenty takes a fifth of a second longer.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  asking is what loads them
    gc.collect()
    gc.freeze()


def prepare() -> None:
    """Migrate the database to this version and load its presets; running it again changes nothing."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    load_presets()


def load_presets() -> None:
    """Load the regimes, indicators and policies that come with this version; running it again changes nothing."""
    from django.utils import timezone

    from gongjian.alerts import services as alerts
    from gongjian.assignments import services as assignments
    from gongjian.indicators import services as indicators
    from gongjian.policies import services as policies

    assignments.load_regimes(by=None, at=timezone.now())
    indicators.load_catalogue(by=None, at=timezone.now())
    alerts.load_rules(by=None, at=timezone.now())
    policies.load_library(by=None, at=timezone.now())
