"""`python -m tests.journeys.small_city HOME`: a small invented city whose lists are longer than a page; prints each role's cookie and pages."""

import json
import os
import sys
from dataclasses import replace

os.environ["GONGJIAN_HOME"] = sys.argv[1]
os.environ["GONGJIAN_DATABASE"] = ""
os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.conf.settings"


def main() -> None:
    """Build it and print what the browser needs."""
    from gongjian.cli.instance import create_instance, prepare

    create_instance()
    prepare()

    from django.urls import get_resolver, reverse
    from django.utils import timezone

    from gongjian.invented_city import city, world
    from gongjian.people.models import Account
    from gongjian.web.rights import SIGNED_IN, matrix
    from tests.journeys.cookies import cookie_of

    world.SIZES["small"] = replace(world.SIZES["demo"], firms=60, visits=60, problems=160, days=70)
    city.build(size="small", at=timezone.now(), tell=lambda _text: None)
    Account.objects.update(must_change_password=False)
    found = {}
    for role in sorted(SIGNED_IN):
        account = Account.objects.filter(role=role).order_by("pk")[0]
        names = [name for name, roles in matrix().items() if role in roles and name != "sign-out"]
        plain = [name for name in names if not get_resolver().reverse_dict.getlist(name)[0][0][0][1]]
        found[role.value] = {
            "cookie": cookie_of(account),
            "pages": {name: reverse(name) for name in plain},
        }
    found["CLERK"] |= _for_targets()
    print(json.dumps(found))


def _for_targets() -> dict[str, object]:
    """What the journeys of targets need: a county in a published standing with its clerk and its leader, a rally."""
    from gongjian.campaigns.models import Target
    from gongjian.people.models import Account
    from gongjian.standings.models import Publication
    from gongjian.visits.models import Visit
    from tests.journeys.cookies import cookie_of

    leader = Account.objects.filter(role="LEADER", reads_area__depth=2).order_by("pk")[0]
    county = leader.reads_area
    rally = Visit.objects.filter(kind="RALLY").order_by("pk")[0]
    published = Publication.objects.order_by("-month", "version__scheme", "-pk")[0]
    item = published.version.items.filter(indicator__formula="").order_by("pk")[0]
    held = Target.objects.filter(area=county, unit=None, indicator=item.indicator_id, horizon="FULL_YEAR")
    target = held.filter(year=published.month.year).first()  # none in a year's first months
    return {
        "leader": cookie_of(leader),
        "county": [county.pk, county.name],
        "county_clerk": cookie_of(Account.objects.filter(role="CLERK", writes_area=county).order_by("pk")[0]),
        "rally": [rally.pk, rally.starts_on.year],
        "published": [published.pk, published.month.isoformat()],
        "indicator": item.indicator_id,
        "target": target and target.pk,
    }


if __name__ == "__main__":
    main()
