"""A file as the answer to a request, under a name it is saved by."""

from django.http import HttpResponse

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SVG = "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_answer(book: bytes, name: str) -> HttpResponse:
    """The workbook, to be saved as `name`, which ends in .xlsx."""
    return _to_save(book, name, XLSX)


def word_answer(paper: bytes, name: str) -> HttpResponse:
    """The Word file, to be saved as `name`, which ends in .docx."""
    return _to_save(paper, name, WORD)


def _to_save(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def picture_answer(drawn: HttpResponse, name: str) -> HttpResponse:
    """A picture of lines a template drew, to be saved as `name`, which ends in .svg; a browser may show it as an image too."""
    return _to_save(drawn.content, name, SVG)
