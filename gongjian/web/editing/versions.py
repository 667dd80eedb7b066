"""What a form was opened with: a short digest of each field, carried by the form and compared when it comes back."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.crypto import salted_hmac

from gongjian.web.picks import Pick

SIGNS = 12  # of a digest: enough to tell two texts apart, short enough for forms of many fields


def plain(value: Any) -> str:
    """A value as text that is the same before and after it has been through a form."""
    if value is None or value is False:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, QuerySet | list | tuple | set | frozenset):
        return "\n".join(sorted(plain(each) for each in value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value).replace("\r\n", "\n").strip()


def digest(value: Any) -> str:
    """A short digest of a value, keyed: nobody can guess from it what a page does not show."""
    return salted_hmac("gongjian.version", plain(value)).hexdigest()[:SIGNS]


def as_cleaned(field: forms.Field, value: Any) -> Any:
    """A stored value as the form would give it back, so that `plain` compares like with like."""
    by_key = ([plain(each) for each in _listed(value)], "")
    try:
        return field.clean(by_key if isinstance(field, Pick) else value)
    except forms.ValidationError:
        return value  # stored before the field's rule, or nothing where something is asked for


def _listed(value: Any) -> Iterable[Any]:
    if value in (None, ""):
        return []
    return value if isinstance(value, QuerySet | list | tuple | set) else [value]


def version_of(values: Mapping[str, Any]) -> str:
    """The digests of all fields in one line, for a hidden field: `name=9f86d0…;phone=…`."""
    return joined({name: digest(value) for name, value in values.items()})


def joined(digests: Mapping[str, str]) -> str:
    """These digests as the hidden field carries them."""
    return ";".join(f"{name}={value}" for name, value in digests.items())


def digests_in(version: str) -> dict[str, str]:
    """The digests a form came back with; a field that is not named has none."""
    pairs = (part.partition("=") for part in version.split(";") if "=" in part)
    return {name: value for name, _sign, value in pairs}
