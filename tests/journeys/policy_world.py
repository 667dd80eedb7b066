"""`python -m tests.journeys.policy_world HOME`: the small city with two clerks, a firm's account and its electricity."""

import sys
from datetime import date
from decimal import Decimal


def quarter_over(today: date) -> tuple[int, int]:
    """Year and number of the last quarter that is over."""
    quarter = (today.month - 1) // 3
    return (today.year, quarter) if quarter else (today.year - 1, 4)


def main() -> None:
    """Build the city, then what the journey of policies needs."""
    from tests.journeys import world

    world.build(sys.argv[1])
    from django.db import transaction
    from django.utils import timezone

    from gongjian.enterprises import services as enterprises
    from gongjian.enterprises.models import Enterprise
    from gongjian.people.accounts.services import add_account
    from gongjian.people.models import Account, Area
    from gongjian.people.states import Role

    at = timezone.now()
    with transaction.atomic():
        city, clerk = Area.objects.get(depth=1), Account.objects.get(username="clerk")
        second, _one_time = add_account(
            username="second",
            name="市攻坚办 程砚",
            role=Role.CLERK,
            person=None,
            unit=clerk.unit,
            reads_area=city,
            writes_area=city,
            by=None,
            at=at,
        )
        firm = Enterprise.objects.get(short_name="恒岳机械")
        speaker, _one_time = enterprises.open_account(
            firm, username="firm", name="恒岳机械 周会计", by=None, at=at
        )
        for account in (clerk, second, speaker):
            account.set_password(world.PASSWORD)
            account.must_change_password = False
            account.save()
        year, quarter = quarter_over(timezone.localdate())
        facts = {(year - 1, month): 100 if month == 1 else 60 for month in range(1, 13)}
        facts |= {(year, quarter * 3 - 2): 79, (year, quarter * 3 - 1): 80, (year, quarter * 3): 80}
        for (on, month), value in facts.items():
            enterprises.record_fact(
                firm,
                key="用电量",
                period_kind="MONTH",
                period=date(on, month, 1),
                value=Decimal(value),
                source="电网台账",
                by=clerk,
                at=at,
            )


if __name__ == "__main__":
    main()
