"""Keys of records as an address or a form writes them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongjian.engines.writing.whole_numbers import LARGEST, whole_number


def record_key(written: str) -> int:
    """The key that is written, or 0, which no record has, where none is."""
    return whole_number(written) or 0


def record_keys(written: Iterable[str]) -> list[int]:
    """The keys among what is written, in order; what is none is left out."""
    return [key for each in written if (key := record_key(each))]


class RecordKey(forms.IntegerField):
    """The key of a record in a hidden field or an address."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST)


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
