"""`python -m tests.web.sight HOME [EACH]`: walks every account of an instance; prints what is shown and cannot be opened."""

import os
import sys

os.environ["GONGJIAN_HOME"] = sys.argv[1]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings")


def main() -> int:
    """Walk; the exit code is 1 when anything was named that cannot be opened."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    settings.ALLOWED_HOSTS = ["testserver"]
    from tests.web.sight.accounts import walking_accounts
    from tests.web.sight.crawl import Walk
    from tests.web.sight.records import Registry

    each = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    registry, wrong = Registry.of_instance(), 0
    with transaction.atomic():
        for account in walking_accounts():
            walk = Walk(account, registry, each).run()
            wrong += len(walk.violations)
            where = f"{account.role} {account.username} ({account.unit or account.reads_area})"
            print(
                f"{where}: {sum(walk.pages.values())} pages of {len(walk.pages)} routes, {walk.named} names, "
                f"{len(walk.violations)} wrong",
                flush=True,
            )
            by_route: dict[tuple[str, str], list[str]] = {}
            for violation in walk.violations:
                by_route.setdefault((violation.route, violation.named.kind), []).append(str(violation))
            for key, lines in sorted(by_route.items()):
                print(f"   {key}: {len(lines)}")
                for line in sorted(lines)[:2]:
                    print("      ", line[:300])
        transaction.set_rollback(True)
    return 1 if wrong else 0


sys.exit(main())
