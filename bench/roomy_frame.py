"""`GONGJIAN_HOME=... python -m bench.roomy_frame [ADDRESS ...]`: pages with and without the frame that makes room, in turns.

Prints, a line each, the median processor milliseconds of a page of that instance called plainly and from the roomy frame, and
their ratio. The depth from which a page is called changes from round to round, as it does between servers.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time

ROUNDS = 30
ADDRESSES = ("/", "/problems/", "/targets/", "/standings/")


def main(addresses: list[str]) -> None:
    """Measure these pages as the first account of the instance."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings")
    import django

    django.setup()
    from django.conf import settings

    from bench.pages import page, settled
    from gongjian.cli.roomy_frame import in_roomy_frame
    from gongjian.people.models import Account

    settings.ALLOWED_HOSTS = ["testserver"]
    account = Account.objects.filter(is_active=True).earliest("pk")
    client = settled(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    for address in addresses or ADDRESSES:
        call = page(client, address)
        call()
        plain, roomy = [], []
        for depth in range(ROUNDS):
            deep = partial(_deep, depth * 3, call)
            plain.append(_worked(deep))
            roomy.append(_worked(partial(in_roomy_frame, deep)))
        ratio = median(roomy) / median(plain)
        print(f"{address}: {median(plain):.1f} ms, with room {median(roomy):.1f} ms, ratio {ratio:.2f}")


def _deep(left: int, call: Callable[[], None]) -> None:
    if left:
        _deep(left - 1, call)
    else:
        call()


def _worked(call: Callable[[], None]) -> float:
    """Milliseconds of the processor."""
    began = process_time()
    call()
    return (process_time() - began) * 1000


if __name__ == "__main__":
    main(sys.argv[1:])
