"""Every attachment's file read again and compared with its digest, and the digest with the event that recorded it."""

import hashlib
from collections.abc import Iterator

from gongjian.attachments.events import AttachmentEvent
from gongjian.attachments.models import Attachment
from gongjian.attachments.storage import path_of
from gongjian.audit.models import Event
from gongjian.audit.tampering.queries import Difference

TABLE = Attachment._meta.db_table


def differing_files() -> Iterator[Difference]:
    """Attachments whose file is missing or has other bytes, and rows whose digest is not the recorded one."""
    attached = Event.objects.filter(name=AttachmentEvent.ATTACHED.value).values_list("data", flat=True)
    recorded = {data["attachment"]: data["digest"] for data in attached if "digest" in data}
    read: dict[str, str | None] = {}
    for key, digest in Attachment.objects.order_by("pk").values_list("pk", "digest").iterator():
        if recorded.get(key, digest) != digest:
            yield Difference(TABLE, key, "digest", digest, recorded[key])
            continue
        found = read[digest] if digest in read else read.setdefault(digest, _digest_of(digest))
        if found != digest:
            yield Difference(TABLE, key, "file", found, digest)


def _digest_of(digest: str) -> str | None:
    try:
        with path_of(digest).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
