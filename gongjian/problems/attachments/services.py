"""Files attached to a problem (附件). No step ever requires one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongjian.attachments import services as attachments
from gongjian.attachments.models import Attachment
from gongjian.attachments.services import AcceptedFile
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.models import Problem


@transaction.atomic
def attach(problem: Problem, files: Iterable[AcceptedFile], *, by: Account, at: datetime) -> list[Attachment]:
    """Attach files to a problem, such as what the firm showed or photographs from the site."""
    perms.check_attach(by, problem)
    return [attachments.attach(problem, file, by=by, at=at) for file in files]
