"""Stores files in HOME/attachments under their digest, each written once and only as a whole."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """The folder of files, outside everything a web server serves by itself."""
    return Path(settings.HOME) / "attachments"


def path_of(digest: str) -> Path:
    """The path of one file; ValueError for anything that is not a digest."""
    if len(digest) != hashlib.sha256().digest_size * 2 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("no digest")
    return folder() / digest[:2] / digest


def store_file(content: bytes) -> str:
    """Store a file and return its digest; the same content is stored once."""
    digest = hashlib.sha256(content).hexdigest()
    target = path_of(digest)
    if target.exists():
        return digest
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as half:
        half.write(content)
        half.flush()
        os.fsync(half.fileno())
    Path(half.name).replace(target)
    return digest
