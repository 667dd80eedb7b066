"""A filter of a ledger whose choice is found by typing."""

import django_filters

from gongjian.web.forms import Pick


class PickFilter(django_filters.Filter):  # type: ignore[misc]  # the library ships no types
    """A filter by one record, found by typing: a city has hundreds of units."""

    field_class = Pick
