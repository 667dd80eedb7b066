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

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.urls import get_resolver, reverse
    from django.utils import timezone

    from gongjian.invented_city import city, world
    from gongjian.people.models import Account
    from gongjian.web.rights import SIGNED_IN, matrix

    world.SIZES["small"] = replace(world.SIZES["demo"], firms=60, visits=60, problems=160, days=70)
    city.build(size="small", at=timezone.now(), tell=lambda _text: None)
    Account.objects.update(must_change_password=False)
    found = {}
    for role in sorted(SIGNED_IN):
        account = Account.objects.filter(role=role).order_by("pk")[0]
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        names = [name for name, roles in matrix().items() if role in roles and name != "sign-out"]
        plain = [name for name in names if not get_resolver().reverse_dict.getlist(name)[0][0][0][1]]
        found[role.value] = {
            "cookie": session.session_key,
            "pages": {name: reverse(name) for name in plain},
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
