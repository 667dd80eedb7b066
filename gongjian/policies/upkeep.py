"""The rules that come with the product: brought in as signed versions, once each."""

import re
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gongjian.audit.services import record
from gongjian.people.models import Account
from gongjian.policies.events import PolicyEvent
from gongjian.policies.heads import Head, head_of
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.states import VersionState

LIBRARY = Path(__file__).resolve().parent / "library"
CODE = re.compile(
    r"^code:\s*(\S+)", re.MULTILINE
)  # enough to pass over what is there: reading a file costs more
ALWAYS = date(1949, 10, 1)  # in force from a day its file does not name


def repeat_head(policy: Policy, head: Head) -> None:
    """The columns of a policy as the head of a version says them."""
    policy.name, policy.document, policy.issuer = head.name, head.document, head.issuer
    policy.level, policy.area_code, policy.delivery = head.level, head.area_code, head.delivery
    policy.confirmed, policy.last_day = head.confirmed, head.last_day


@transaction.atomic
def load_library(*, by: Account | None, at: datetime, folder: Path = LIBRARY) -> int:
    """Bring in policies not yet there, by code; what the office has made of them stays. Returns how many came in."""
    known, came = set(Policy.objects.values_list("code", flat=True)), 0
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if (written := CODE.search(text)) and written[1] in known:
            continue
        head = head_of(text)
        if head.code and head.code not in known:
            _bring_in(head, text, by=by, at=at)
            known.add(head.code)
            came += 1
    return came


def _bring_in(head: Head, text: str, *, by: Account | None, at: datetime) -> None:
    policy = Policy(code=head.code)
    repeat_head(policy, head)
    policy.save()
    PolicyVersion.objects.create(
        policy=policy, number=1, text=text, state=VersionState.SIGNED, confirmed=head.confirmed, written_at=at, signed_at=at,
        valid_from=head.in_force_from or ALWAYS, valid_until=head.in_force_until,
    )  # fmt: skip
    record(PolicyEvent.LOADED, subject=policy, by=by, at=at, name=policy.name)
