"""`python -m tests.journeys.full_world HOME`: an instance with one of everything; prints each role's cookie and pages."""

import json
import os
import sys

os.environ["GONGJIAN_HOME"] = sys.argv[1]
os.environ["GONGJIAN_DATABASE"] = ""
os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.conf.settings"


def main() -> None:
    """Build it and print what the browser needs."""
    from gongjian.cli.instance import create_instance, prepare

    create_instance()
    prepare()

    from django.urls import reverse
    from django.utils import timezone

    from gongjian.web.rights import matrix
    from tests import scenes
    from tests.journeys.cookies import cookie_of
    from tests.journeys.pages import PAGES
    from tests.web.test_pages import accounts, arguments

    world = scenes.ledger(timezone.now())
    wanted, found = arguments(world), {}
    for role, account in accounts(world).items():
        if role.value not in PAGES:
            continue
        named = {
            name: reverse(name, args=wanted[name]) for name in PAGES[role.value] if name != "hand-over-page"
        }
        if role.value == "CLERK":
            named["hand-over-page"] = reverse("problem", args=[world.fresh.pk])
        every = {
            name: reverse(name, args=wanted[name])
            for name, roles in matrix().items()
            if role in roles or not roles
        }
        found[role.value] = {"cookie": cookie_of(account), "pages": named, "every": every}
    print(json.dumps(found))


main()
