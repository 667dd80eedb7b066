"""Back-ups that only a key opens (加密备份): age files for one or more public keys; the private key is kept elsewhere.

The format is that of https://age-encryption.org/v1, so that the tool `age` opens a back-up as well.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gongjian.audit.refused import Refused
from gongjian.cli import archive, instance
from gongjian.cli.language import gettext as _
from gongjian.cli.scratch import scratch
from gongjian.engines.writing.signs import clean_text

ENDING = ".age"
HEAD = b"age-encryption.org/"
PRIVATE = "AGE-SECRET-KEY-"


def new_key(file: Path) -> str:
    """Write a new private key for the owner of the file alone; returns its public key."""
    from pyrage import x25519

    key = x25519.Identity.generate()
    public = str(key.to_public())
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, instance.OWN_FILE)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(f"# public key: {public}\n{key}\n")
    return public


def public_keys() -> list[str]:
    """The keys of the option BACKUP_KEYS that back-ups are sealed for; raises Refused for what is none. Empty: not sealed."""
    from django.conf import settings

    keys = [key.strip() for key in settings.BACKUP_KEYS.split(",") if key.strip()]
    _check(keys)
    return keys


def _check(keys: Sequence[str]) -> None:
    from pyrage import RecipientError, x25519

    for key in keys:
        try:
            x25519.Recipient.from_str(key)
        except RecipientError as error:
            raise Refused(
                _(
                    "GONGJIAN_BACKUP_KEYS 里的“%(key)s”不是公钥。公钥以 age1 开头，用 gongjian backup --new-key 生成。"
                )
                % {"key": key[:20]}
            ) from error


def seal(plain: Path, file: Path, keys: Sequence[str]) -> None:
    """Write `file` as the sealed form of `plain`, for each of these public keys."""
    import pyrage

    if file.exists():
        raise FileExistsError(17, _("已经存在"), str(file))
    recipients = [pyrage.x25519.Recipient.from_str(key) for key in keys]
    with plain.open("rb") as inside, archive.written(file) as out:
        pyrage.encrypt_io(inside, out, recipients)


def is_sealed(file: Path) -> bool:
    """Whether a file is an age file, whatever it is called."""
    with file.open("rb") as opened:
        return opened.read(len(HEAD)) == HEAD


@contextmanager
def opened(file: Path, key: Path | None) -> Iterator[Path]:
    """The back-up as a plain archive: the file itself, or one opened by the key that is gone afterwards.

    Raises Refused where the key is missing or another one, or the file damaged.
    """
    if not is_sealed(file):
        yield file
        return
    if key is None:
        raise Refused(_("%(file)s 是加密的备份。请用 --key 指明私钥文件。") % {"file": file})
    with scratch() as folder:
        plain = folder / "backup.zip"
        _open(file, plain, _private_keys(key))
        yield plain


def _open(file: Path, plain: Path, keys: Sequence[object]) -> None:
    import pyrage

    try:
        with file.open("rb") as inside, archive.written(plain) as out:
            pyrage.decrypt_io(inside, out, keys)
    except pyrage.DecryptError as error:
        raise Refused(
            _("打不开 %(file)s：私钥不是这份备份的，或者文件已经损坏。请换私钥，或换一份备份。")
            % {"file": file}
        ) from error
    except OSError as error:
        if error.errno is not None:  # the disk; what is cut short or altered has no number
            raise
        raise archive.not_a_backup(file) from error


def _private_keys(file: Path) -> list[object]:
    from pyrage import IdentityError, x25519

    try:
        lines = clean_text(file.read_text(encoding="utf-8")).splitlines()
        keys: list[object] = [
            x25519.Identity.from_str(line.strip()) for line in lines if line.startswith(PRIVATE)
        ]
    except (IdentityError, UnicodeDecodeError):
        keys = []
    if not keys:
        raise Refused(_("%(file)s 里没有私钥。私钥文件由 gongjian backup --new-key 生成。") % {"file": file})
    return keys
