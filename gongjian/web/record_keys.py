"""Keys of records as an address or a form writes them."""

from collections.abc import Iterable
from typing import Any

from django import forms

LARGEST_KEY = 2**63 - 1  # what a column of keys holds
DIGITS = len(str(LARGEST_KEY))


def record_key(written: str) -> int:
    """The key that is written, or 0, which no record has, where none is."""
    fits = len(written) <= DIGITS and written.isascii() and written.isdecimal()
    return key if fits and (key := int(written)) <= LARGEST_KEY else 0


def record_keys(written: Iterable[str]) -> list[int]:
    """The keys among what is written, in order; what is none is left out."""
    return [key for each in written if (key := record_key(each))]


class RecordKey(forms.IntegerField):
    """The key of a record in a hidden field or an address."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST_KEY)


class TickedRecords(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # its records are of any kind
    """The rows ticked in a list; a key that no column holds is refused like one that is not in the list."""

    def clean(self, value: Any) -> Any:
        """The records, or the sentence why they are not taken."""
        for written in value or ():
            if not record_key(str(written)):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": written}
                )
        return super().clean(value)
