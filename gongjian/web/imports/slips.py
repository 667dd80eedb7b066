"""The sheet of one-time passwords of an import of accounts, made in the answer to the press and kept nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from gongjian.imports.queries import batches_of
from gongjian.imports.slips import services
from gongjian.web.session import account_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_POST
@cache_control(no_store=True)
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """The slips of accounts that never had one; with `again`, new ones for those nobody has signed in with."""
    by = account_of(request)
    batch = get_object_or_404(batches_of(by), pk=pk)
    make = services.print_slips_again if "again" in request.POST else services.print_slips
    address = request.build_absolute_uri("/")
    sheet = make(batch, address=address, by=by, at=timezone.now())
    response = HttpResponse(sheet, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="slips-{pk}.docx"'
    return response
