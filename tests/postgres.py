"""`pytest -p tests.postgres …`: the same tests on a PostgreSQL cluster of their own, started here and thrown away.

Loaded before Django; worker processes of xdist inherit the address from the first one.
"""

import os
import sys

from tests.cluster import start

if "GONGJIAN_DATABASE" not in os.environ:
    address = start()
    if address is None:
        print(
            "PostgreSQL server programs are missing: the PostgreSQL run is skipped. apt-get install postgresql",
            file=sys.stderr,
        )
        os._exit(0)
    os.environ["GONGJIAN_DATABASE"] = address
