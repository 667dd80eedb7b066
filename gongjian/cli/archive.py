"""The file of a back-up: a zip of database, key, attachments and their digests, written completely or not at all."""

import fcntl
import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from gongjian.audit.refused import Refused
from gongjian.cli import instance
from gongjian.cli.language import gettext as _
from gongjian.engines.writing.signs import clean_text

SQL = "database.sql"  # stands for the database when that is PostgreSQL
DIGESTS = "SHA256SUMS"  # the last in an archive: what `sha256sum -c` reads; archives before 0.3 have none
ATTACHMENTS = "attachments"
CHUNK = 1 << 20


def save(file: Path, entries: Iterable[tuple[str, Path]]) -> dict[str, str]:
    """Write an archive of (name inside, file) pairs; returns the digest of each by its name.

    Raises FileExistsError when `file` exists, Refused when another process is writing it.
    """
    if file.exists():
        raise FileExistsError(17, _("已经存在"), str(file))
    with written(file) as raw:
        return _fill(raw, entries)


@contextmanager
def written(file: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name only when all of it is on the disk; one half written by a killed process is begun anew."""
    half = file.with_name(f"{file.name}.part")
    with _alone(half) as raw:
        try:
            yield raw
            raw.flush()
            os.fsync(raw.fileno())
            instance.give_to_owner(half)
            half.replace(file)
            sync_folder(file.parent)
        except OSError as error:
            if error.filename is None:  # a full disk does not say whose
                raise OSError(error.errno, error.strerror, str(file)) from error
            raise
        finally:
            half.unlink(missing_ok=True)


@contextmanager
def _alone(half: Path) -> Iterator[IO[bytes]]:
    raw = os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT, instance.OWN_FILE), "w+b")
    try:
        fcntl.flock(raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
        half.chmod(instance.OWN_FILE)
        raw.truncate()
        yield raw
    except BlockingIOError as error:
        raise Refused(_("另一个备份正在写 %(file)s。请等它写完。") % {"file": half}) from error
    finally:
        with suppress(OSError):  # what it could not write is told already: the file has no name
            raw.close()


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(raw: IO[bytes], entries: Iterable[tuple[str, Path]]) -> dict[str, str]:
    digests: dict[str, str] = {}
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in entries:
            info = zipfile.ZipInfo.from_file(source, name, strict_timestamps=False)
            attached = name.startswith(f"{ATTACHMENTS}/")
            info.compress_type = zipfile.ZIP_STORED if attached else zipfile.ZIP_DEFLATED
            with source.open("rb") as read, archive.open(info, "w") as out:
                digests[name] = copy(read, out)
        listed = zipfile.ZipInfo(DIGESTS)
        listed.external_attr = instance.OWN_FILE << 16
        archive.writestr(listed, "".join(f"{digest}  {name}\n" for name, digest in digests.items()))
    return digests


def copy(inside: IO[bytes], out: IO[bytes] | None) -> str:
    """Copy in pieces (to nowhere: only read); returns the digest of what was copied."""
    digest = hashlib.sha256()
    while chunk := inside.read(CHUNK):
        digest.update(chunk)
        if out is not None:
            out.write(chunk)
    return digest.hexdigest()


def listed_digests(archive: zipfile.ZipFile) -> dict[str, str]:
    """The digest of each file by its name, as the archive lists them; none for an archive of an older version."""
    if DIGESTS not in archive.namelist():
        return {}
    lines = clean_text(archive.read(DIGESTS).decode()).splitlines()
    return {name: digest for digest, _space, name in (line.partition("  ") for line in lines)}


def members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of the instance in an archive: all but the dump and the list of digests."""
    return {info.filename: info for info in archive.infolist() if info.filename not in (SQL, DIGESTS)}


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
        if place.is_file() and name.parts[0] != instance.BACKUPS and str(name) not in left_out:
            yield name.as_posix(), place


def restore_files(folder: Path, file: Path) -> None:
    """Restore all files and the SQLite database from the archive `file`; newer files are deleted."""
    with zipfile.ZipFile(file) as archive:
        inside = members(archive)
        for name, place in files_of(folder):
            if name not in inside:
                place.unlink()
                if not any(place.parent.iterdir()):
                    place.parent.rmdir()
        for name, info in inside.items():
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
        return copy(inside, None) == copy(outside, None)


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: Path) -> None:
    if not place.parent.exists():
        place.parent.mkdir(parents=True)
        instance.give_to_owner(place.parent)
    with written(place) as out, archive.open(info) as inside:
        copy(inside, out)
        os.fchmod(out.fileno(), (info.external_attr >> 16) & 0o777 or instance.OWN_FILE)
