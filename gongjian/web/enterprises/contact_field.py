"""A person at a firm by name: one of its contacts, those chosen lately first, or whoever was typed."""

from typing import Any

from gongjian.enterprises.models import Contact
from gongjian.web.picks import PickText

LONGEST = 60


class ContactText(PickText):
    """The name of a person at a firm."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="contact-find", max_length=LONGEST, **kwargs)
        self.limit_to(None)

    def limit_to(self, firm: int | None) -> None:
        """Offer the contacts of this firm."""
        self.queryset = Contact.objects.filter(enterprise=firm) if firm else Contact.objects.none()
        self.widget.only = firm
