"""Files beside a problem (附件): never required."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongjian.attachments import services as attachments
from gongjian.attachments.models import Attachment
from gongjian.attachments.services import Upload
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.models import Problem


@transaction.atomic
def attach(problem: Problem, files: Iterable[Upload], *, by: Account, at: datetime) -> list[Attachment]:
    """What the firm showed, what was found on site."""
    perms.check_attach(by, problem)
    return [attachments.attach(problem, one, by=by, at=at) for one in files]
