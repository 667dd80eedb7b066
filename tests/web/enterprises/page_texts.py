"""What tests of the firms' pages read from an answer."""

from datetime import date

from django.utils import timezone

CODE = "91110000600037341L"
BUDGET = 12
BUDGET_FIRM = 15  # ten tables of the firm's own, five of the frame
HTMX = {"HX-Request": "true"}


def month(back=0):
    """First day of the month `back` months ago."""
    today = timezone.localdate()
    count = today.year * 12 + today.month - 1 - back
    return date(count // 12, count % 12 + 1, 1)


def text_of(response):
    return response.content.decode()


def names_on(response):
    return [firm.name for firm in response.context["page"]]
