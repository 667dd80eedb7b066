"""Who is asking."""

from django.http import HttpRequest

from gongjian.people.models import Account


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; `Gate` let nobody else through."""
    assert isinstance(request.user, Account)  # noqa: S101  a promise of the gate, for the type checker
    return request.user
