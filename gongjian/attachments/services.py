"""Attaching files to records and removing them; callers check whether the account may attach."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.attachments import perms
from gongjian.attachments.events import AttachmentEvent
from gongjian.attachments.models import Attachment
from gongjian.attachments.queries import attachments_of
from gongjian.attachments.storage import store_file
from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.engines.files import pictures
from gongjian.engines.files.names import clean_name, size_in_words, with_ending
from gongjian.engines.files.types import BadFile, FileKind, kind_of
from gongjian.people.models import Account, Area

MOST_FILES = 20  # most files of one record
REFUSALS = {
    "empty": gettext_lazy("“%(name)s”是空文件。请检查后重新选择。"),
    "heic": gettext_lazy(
        "“%(name)s”是苹果手机的 HEIC 照片，多数电脑打不开。请在手机相机设置里改成“兼容性最佳”，或转成 JPG 再传。"
    ),
    "unknown": gettext_lazy(
        "“%(name)s”不是能收的文件。请上传照片（JPG、PNG）、PDF、OFD、Word、Excel 或 WPS 文件。"
    ),
    "damaged": gettext_lazy("“%(name)s”打不开，可能已经损坏。请用原来的软件打开另存一份再传。"),
    "bomb": gettext_lazy(
        "“%(name)s”展开后过大，不能收。照片请缩小到五千万像素以内，文件请去掉多余内容再传。"
    ),
    "macros": gettext_lazy("“%(name)s”带有宏，不能收。请另存为不带宏的格式再传。"),
}


@dataclass(frozen=True)
class AcceptedFile:
    """A file as it will be stored: of a kind that is taken, a picture encoded anew and with its thumbnail."""

    name: str
    kind: FileKind
    content: bytes
    picture: "pictures.Picture | None" = None


def accept_file(name: str, content: bytes) -> AcceptedFile:
    """Check an uploaded file's size and real kind and make pictures safe; raises Refused.

    It takes time: call it before the transaction that writes is open.
    """
    name = clean_name(name)
    if len(content) > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise Refused(
            _("“%(name)s”超过 %(most)s MB。请压缩或拆分后再传。") % {"name": name, "most": most},
            field="files",
        )
    try:
        kind = kind_of(content, name)
        picture = pictures.safe_picture(content) if kind.picture else None
    except BadFile as bad:
        raise Refused(REFUSALS[bad.why] % {"name": name}, field="files") from bad
    if picture is None:
        return AcceptedFile(with_ending(name, kind), kind, content)
    return AcceptedFile(with_ending(name, picture.kind), picture.kind, picture.content, picture)


@transaction.atomic
def attach(
    subject: models.Model, file: AcceptedFile, *, during: int | None = None, by: Account, at: datetime
) -> Attachment:
    """Attach a file (附件): store it and record an event of the subject."""
    if attachments_of(subject).count() >= MOST_FILES:
        raise Refused(
            _("一件事最多 %(most)s 个附件。请先撤下不需要的。") % {"most": MOST_FILES}, field="files"
        )
    attachment = Attachment.objects.create(
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        during=during,
        name=file.name,
        ending=file.kind.ending,
        media_type=file.kind.media_type,
        size=len(file.content),
        digest=store_file(file.content),
        thumbnail=store_file(file.picture.thumbnail) if file.picture else "",
        width=file.picture.width if file.picture else None,
        height=file.picture.height if file.picture else None,
        added_by=by,
        added_at=at,
    )
    record(
        AttachmentEvent.ATTACHED,
        subject=subject,
        by=by,
        at=at,
        attachment=attachment.pk,
        name=attachment.name,
        size=size_in_words(attachment.size),
        digest=attachment.digest,
    )
    return attachment


@transaction.atomic
def detach(
    attachment: Attachment, *, subject: models.Model, area: Area, reason: str, by: Account, at: datetime
) -> Attachment:
    """Remove an attachment (撤下附件) of a record of `area`: it is no longer shown, but the file and its event stay."""
    row = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    perms.check_detach(by, row, area)
    reason = required_text(reason, _("请写明为什么撤下。"), field="reason")
    row.removed_by, row.removed_at = by, at
    row.save(update_fields=["removed_by", "removed_at"])
    record(
        AttachmentEvent.DETACHED,
        subject=subject,
        by=by,
        at=at,
        attachment=row.pk,
        name=row.name,
        reason=reason.strip(),
    )
    return row
