"""Adds the account `clerk`, who writes for the whole city, to the instance of GONGJIAN_HOME."""

import django

django.setup()

from django.utils import timezone  # noqa: E402  Django is loaded first

from gongjian.people.accounts.services import add_account  # noqa: E402  the same
from gongjian.people.models import Account, Area  # noqa: E402  the same
from gongjian.people.states import Role  # noqa: E402  the same

if __name__ == "__main__":
    city = Area.objects.get(depth=1)
    add_account(
        username="clerk",
        name="办事员",
        role=Role.CLERK,
        person=None,
        unit=None,
        reads_area=city,
        writes_area=city,
        by=Account.objects.get(),
        at=timezone.now(),
    )
