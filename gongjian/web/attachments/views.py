"""Adding files, serving them with safe headers, removing them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.attachments import services as attachments
from gongjian.attachments.models import Attachment
from gongjian.attachments.storage import path_of
from gongjian.audit import Refused
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.web.attachments.file_panel import may_open, subject_of
from gongjian.web.forms import FilesField, Form
from gongjian.web.session import account_of

LABELS = {"problem": Problem._meta.label_lower, "assignment": Assignment._meta.label_lower}
POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"  # whatever is in the file, it does nothing in our name


class AddForm(Form):
    """Files to add."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField()


def _home(account: Account, subject: Problem | Assignment) -> str:
    if account.role == Role.ENTERPRISE:
        return "firm-problem"
    return "problem" if isinstance(subject, Problem) else "assignment"


@require_POST
def add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Add files to a problem or an assignment."""
    account, at = account_of(request), timezone.now()
    subject = subject_of(account, LABELS.get(kind, ""), pk)
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused(str(form.errors["files"][0]))
    files = form.cleaned_data["files"]
    if isinstance(subject, Problem):
        added = problems.attach(subject, files, by=account, at=at)
    else:
        added = assignments.attach(subject, files, by=account, at=at)
    messages.success(
        request, ngettext("已附上 %(n)s 个文件。", "已附上 %(n)s 个文件。", len(added)) % {"n": len(added)}
    )
    return redirect(_home(account, subject), pk=pk)


def _load(request: HttpRequest, pk: int) -> tuple[Attachment, Problem | Assignment]:
    attachment = get_object_or_404(Attachment, pk=pk, removed_at__isnull=True)
    subject = subject_of(account_of(request), attachment.subject_kind, attachment.subject_id)
    if not may_open(account_of(request), attachment):
        raise Http404
    return attachment, subject


def _answer(digest: str, *, name: str, media_type: str, shown: bool) -> HttpResponse:
    place = path_of(digest)
    if not place.exists():
        raise Http404
    answer = HttpResponse(place.read_bytes(), content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Serve the file: pictures are shown in the browser, anything else is downloaded."""
    attachment, _subject = _load(request, pk)
    shown = bool(attachment.thumbnail) and "save" not in request.GET
    return _answer(attachment.digest, name=attachment.name, media_type=attachment.media_type, shown=shown)


@require_GET
def small(request: HttpRequest, pk: int) -> HttpResponse:
    """Serve the thumbnail of a picture."""
    attachment, _subject = _load(request, pk)
    if not attachment.thumbnail:
        raise Http404
    return _answer(attachment.thumbnail, name="small.jpg", media_type="image/jpeg", shown=True)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a file, with a reason."""
    attachment, subject = _load(request, pk)
    reason = request.POST.get("reason", "")
    facts: dict[str, Any] = {"subject": subject, "area": subject.area, "reason": reason}
    attachments.detach(attachment, **facts, by=account_of(request), at=timezone.now())
    messages.success(request, _("已撤下附件。"))
    return redirect(_home(account_of(request), subject), pk=subject.pk)
