"""Files with an assignment, and with what a unit reports (附件)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongjian.assignments import perms
from gongjian.assignments.models import Assignment
from gongjian.assignments.projection import locked
from gongjian.attachments import services as attachments
from gongjian.attachments.models import Attachment
from gongjian.attachments.services import AcceptedFile
from gongjian.people.models import Account


@transaction.atomic
def attach(
    assignment: Assignment, files: Iterable[AcceptedFile], *, by: Account, at: datetime
) -> list[Attachment]:
    """Add files to an assignment."""
    row = locked(assignment)
    perms.check_attach(by, row)
    return [attachments.attach(row, file, by=by, at=at) for file in files]


def attach_to_last(
    row: Assignment, files: Iterable[AcceptedFile], *, by: Account, at: datetime
) -> Assignment:
    """Add the files that came with the move just recorded; called inside that move's transaction."""
    for file in files:
        attachments.attach(row, file, during=row.last_event, by=by, at=at)
    return row
