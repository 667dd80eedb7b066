"""What the panel of files shows, and which record a file belongs to."""

from dataclasses import dataclass

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404

from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import visible_to as visible_assignments
from gongjian.attachments.models import Attachment
from gongjian.attachments.perms import can_detach
from gongjian.attachments.queries import attachments_of
from gongjian.people.models import Account, Area
from gongjian.people.states import Role
from gongjian.problems.models import Problem
from gongjian.problems.queries import visible_to as visible_problems


@dataclass(frozen=True)
class FileLine:
    """One file, and whether this account may remove it."""

    file: Attachment
    mine: bool


def files_of(account: Account, *subjects: Model, area: Area) -> list[FileLine]:
    """Files of these records of one area, oldest first."""
    attachments = attachments_of(*subjects).select_related("added_by")
    return [
        FileLine(attachment, can_detach(account, attachment, area))
        for attachment in attachments
        if may_open(account, attachment)
    ]


def may_open(account: Account, file: Attachment) -> bool:
    """Whether the account may open the file; a firm may open only files that firms' accounts added."""
    return account.role != Role.ENTERPRISE or file.added_by.role == Role.ENTERPRISE


def subject_of(account: Account, kind: str, pk: int) -> Problem | Assignment:
    """The record a file belongs to, or 404 if the account may not see that record."""
    if kind == Problem._meta.label_lower:
        return get_object_or_404(visible_problems(account), pk=pk)
    if kind == Assignment._meta.label_lower:
        return get_object_or_404(visible_assignments(account), pk=pk)
    raise Http404
