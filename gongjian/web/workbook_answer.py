"""A workbook as the answer to a request, under a name it is saved by."""

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_answer(book: bytes, name: str) -> HttpResponse:
    """The workbook, to be saved as `name`, which ends in .xlsx."""
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
