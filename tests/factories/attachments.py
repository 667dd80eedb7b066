"""Files beside a record."""

import factory
from factory.django import DjangoModelFactory

from gongjian.attachments.models import Attachment
from tests.factories.days import AT
from tests.factories.people import AccountFactory


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    subject_kind = "problems.problem"
    subject_id = 1
    name = "现场.jpg"
    ending = "jpg"
    media_type = "image/jpeg"
    size = 1000
    digest = "0" * 64
    added_by = factory.SubFactory(AccountFactory)
    added_at = AT
