"""The attachments of records, and those whose file is missing."""

from django.db import models

from gongjian.attachments.models import Attachment
from gongjian.attachments.storage import path_of


def attachments_of(*subjects: models.Model) -> models.QuerySet[Attachment]:
    """The attachments of these records that were not removed, oldest first."""
    wanted = models.Q(pk__in=[])
    for subject in subjects:
        wanted |= models.Q(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    return Attachment.objects.filter(wanted, removed_at__isnull=True).select_related("added_by")


def missing_files() -> list[Attachment]:
    """The attachments whose file is not in the folder."""
    return [
        attachment
        for attachment in Attachment.objects.order_by("pk")
        if not path_of(attachment.digest).exists()
    ]
