"""Who signs in in two steps, and who must."""

from django.conf import settings

from gongjian.people.models import Account, SecondFactor


def factor_of(account: Account) -> SecondFactor | None:
    """The second factor of an account; None where it is turned off."""
    return SecondFactor.objects.filter(account=account).first()


def must_turn_on(account: Account) -> bool:
    """Whether the account's role demands a second factor (`GONGJIAN_SECOND_FACTOR`) that it has not turned on yet."""
    if account.role not in settings.SECOND_FACTOR_ROLES:
        return False
    there = getattr(account, "has_factor", None)  # loaded with the account of a request
    return not (factor_of(account) is not None if there is None else there)
