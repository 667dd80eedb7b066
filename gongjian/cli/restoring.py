"""The steps of restoring: unpacked and compared in a folder of its own first, then put in place, the database last."""

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from gongjian.audit.refused import Refused
from gongjian.cli import archive, instance
from gongjian.cli.language import gettext as _
from gongjian.cli.scratch import scratch

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    FileNotFoundError,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
)
ATTACHMENT = re.compile(rf"{archive.ATTACHMENTS}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")
KEPT = (instance.KEY, instance.MAP)


def kind_of(file: Path) -> str:
    """The name of the database in a back-up that was read to its end; raises Refused when it is none, or damaged."""
    try:
        with zipfile.ZipFile(file) as opened:
            return archive.database_of(opened)
    except BROKEN as error:
        raise archive.not_a_backup(file) from error


def restore(file: Path, folder: Path, *, database: Callable[[Path], None] | None = None) -> None:
    """Restore into a folder without a database; `database` takes a dump to its server.

    The database comes last: a folder whose restoring was cut short is no instance, and the same command begins anew.
    """
    with scratch(folder) as place:
        try:
            with zipfile.ZipFile(file) as opened:
                digests = _unpack(opened, place)
        except BROKEN as error:
            raise archive.not_a_backup(file) from error
        for name in sorted(digests):
            if ATTACHMENT.fullmatch(name):  # under its own digest: a name in the archive is not trusted
                digest = digests[name]
                _put(place / name, folder / archive.ATTACHMENTS / digest[:2] / digest)
        for name in KEPT:
            if name in digests:
                _put(place / name, folder / name)
        if archive.SQL not in digests:
            _put(place / instance.DATABASE, folder / instance.DATABASE)
        elif database is not None:
            database(place / archive.SQL)


def _unpack(opened: zipfile.ZipFile, place: Path) -> dict[str, str]:
    """Unpack what a back-up of ours holds; the digest of each file by its name."""
    listed, digests = archive.listed_digests(opened), {}
    for name in opened.namelist():
        if name in (*KEPT, instance.DATABASE, archive.SQL) or ATTACHMENT.fullmatch(name):
            (place / name).parent.mkdir(parents=True, exist_ok=True, mode=instance.OWN_FOLDER)
            with archive.written(place / name) as out, opened.open(name) as inside:
                digests[name] = archive.copy(inside, out)
    if listed and listed != digests:
        wrong = sorted(name for name in {*listed, *digests} if listed.get(name) != digests.get(name))
        raise Refused(
            _("备份文件与它自带的摘要表不符（%(names)s）：损坏或被改动过。什么都没有恢复，请换一份备份。")
            % {"names": ", ".join(wrong[:3])}
        )
    return digests


def _put(unpacked: Path, place: Path) -> None:
    for folder in reversed(place.parents):
        if not folder.exists():
            folder.mkdir(mode=instance.OWN_FOLDER)
            instance.give_to_owner(folder)
    unpacked.replace(place)
    instance.give_to_owner(place)
    archive.sync_folder(place.parent)
