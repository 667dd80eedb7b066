"""The file of a back-up: a zip of database, key and attachments, written completely or not at all."""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from gongjian.audit.refused import Refused
from gongjian.cli import instance
from gongjian.cli.language import gettext as _

SQL = "database.sql"  # stands for the database when that is PostgreSQL
BACKUPS = "backups"  # a folder of the instance that no back-up holds
ATTACHMENTS = "attachments"
CHUNK = 1 << 20


def save(file: Path, entries: Iterable[tuple[str, Path]]) -> None:
    """Write an archive of (name inside, file) pairs; raises FileExistsError when `file` exists."""
    if file.exists():
        raise FileExistsError(17, _("已经存在"), str(file))
    half = file.with_name(f"{file.name}.part")
    try:
        with (
            open(half, "xb", opener=_own) as raw,
            zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, source in entries:
                compression = zipfile.ZIP_STORED if name.startswith(ATTACHMENTS) else zipfile.ZIP_DEFLATED
                archive.write(source, name, compression)
            archive.close()
            raw.flush()
            os.fsync(raw.fileno())
        instance.give_to_owner(half)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def _own(path: str, flags: int) -> int:
    return os.open(path, flags, instance.OWN_FILE)


def database_of(archive: zipfile.ZipFile) -> str:
    """The name of the database in the archive; raises Refused for a zip that is damaged or not a back-up."""
    names = set(archive.namelist())
    database = next((name for name in (instance.DATABASE, SQL) if name in names), None)
    if database is None or instance.KEY not in names or archive.testzip() is not None:
        raise not_a_backup(Path(str(archive.filename)))
    return database


def not_a_backup(file: Path) -> Refused:
    """The Refused to raise for a file that is not a back-up."""
    return Refused(_("%(file)s 不是本产品的备份文件，或者已经损坏。请换一份备份。") % {"file": file})


def attachments_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yields the name in the archive and the path of each attachment; safe while the instance is running."""
    for place in sorted((folder / ATTACHMENTS).glob("??/*")):
        yield f"{ATTACHMENTS}/{place.parent.name}/{place.name}", place


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yields name and path of every file but the database, back-ups and files of running processes."""
    left_out = {instance.MARK, instance.LOCK, "last-backup.json"} | {
        f"{instance.DATABASE}{ending}" for ending in ("", "-wal", "-shm", "-journal")
    }
    for place in sorted(folder.rglob("*")):
        name = place.relative_to(folder)
        if place.is_file() and name.parts[0] != BACKUPS and str(name) not in left_out:
            yield name.as_posix(), place


def restore_files(folder: Path, file: Path) -> None:
    """Restore all files and the SQLite database from the archive `file`; newer files are deleted."""
    with zipfile.ZipFile(file) as archive:
        members = {info.filename: info for info in archive.infolist() if info.filename != SQL}
        for name, place in files_of(folder):
            if name not in members:
                place.unlink()
                if not any(place.parent.iterdir()):
                    place.parent.rmdir()
        for name, info in members.items():
            if name == instance.DATABASE:
                for ending in ("-wal", "-shm", "-journal"):
                    (folder / f"{name}{ending}").unlink(missing_ok=True)
            if not is_as_archived(archive, name, folder / name):
                _extract(archive, info, folder / name)


def is_as_archived(archive: zipfile.ZipFile, name: str, place: Path) -> bool:
    """Whether the file at `place` is identical to the one of that name in the archive."""
    if not place.is_file() or place.stat().st_size != archive.getinfo(name).file_size:
        return False
    with archive.open(name) as inside, place.open("rb") as outside:
        return _digest(inside) == _digest(outside)


def _digest(file: IO[bytes]) -> bytes:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.digest()


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: Path) -> None:
    if not place.parent.exists():
        place.parent.mkdir(parents=True)
        instance.give_to_owner(place.parent)
    half = place.with_name(f"{place.name}.part")
    half.unlink(missing_ok=True)
    with archive.open(info) as inside, open(half, "xb", opener=_own) as out:
        shutil.copyfileobj(inside, out, CHUNK)
        out.flush()
        os.fsync(out.fileno())
    half.chmod((info.external_attr >> 16) & 0o777 or instance.OWN_FILE)
    instance.give_to_owner(half)
    half.replace(place)
