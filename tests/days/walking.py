"""Every page once, by turns as each of the roles that may open it, and what is wrong with what comes back."""

from functools import cache

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongjian.people.states import Role
from gongjian.policies.verdicts import results_in_memory
from gongjian.web.rights import PUBLIC, SYSTEMS, matrix
from tests.scenes import Ledger
from tests.web.test_pages import MOST_QUERIES, SUGGESTING, WRITES, accounts, arguments, signed_in

LEAVES = {"sign-out", "sign-in", "password"}  # the session does not outlive them
FIRST = (
    Role.CLERK,
    Role.ADMINISTRATOR,
    Role.ENTERPRISE,
    Role.LEADER,
    Role.OFFICER,
    Role.HANDLER,
    Role.AUDITOR,
)
ZIP = b"PK\x03\x04"  # Word and Excel files


def walk(world: Ledger, role: Role) -> list[str]:
    """Faults of all pages: what this role may open is opened by it, the rest by the first who may."""
    results_in_memory.results_on(timezone.localdate())  # kept in memory from the first page that asks on
    who = accounts(world)
    wanted = cache(lambda one: arguments(world, one))
    client = cache(lambda one: signed_in(who[one]))
    faults = []
    for name, roles in matrix().items():
        if name in LEAVES or roles == SYSTEMS:
            continue
        by = next(one for one in (role, *FIRST) if roles == PUBLIC or one in roles)
        address = reverse(name, args=wanted(by)[name])
        faults += [f"{name} ({by}): {fault}" for fault in _faults(client(by), name, address)]
    return faults


def _faults(client, name, address):
    client.raise_request_exception = False
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    if answer.status_code not in {200, 302, WRITES}:
        yield f"answers {answer.status_code}"
    if len(asked) > SUGGESTING.get(name, MOST_QUERIES):
        yield f"asks {len(asked)} queries"
    if answer.status_code == 200 and not _whole(answer):
        yield f"is no whole {answer['Content-Type']}"


def _whole(answer):
    kind, content = answer["Content-Type"], b"".join(answer) if answer.streaming else answer.content
    if "openxmlformats" in kind:
        return content.startswith(ZIP)
    return not content.startswith(b"<!DOCTYPE html>") or content.rstrip().endswith(b"</html>")
