"""The rules that come with the product: brought in as signed versions, once each; a newer text is offered, never put in force."""

import hashlib
import re
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from gongjian.audit.queries import events_of
from gongjian.audit.services import record
from gongjian.people.models import Account
from gongjian.policies.events import PolicyEvent
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files.header import Head, head_of
from gongjian.policies.states import VersionState

LIBRARY = Path(__file__).resolve().parents[1] / "library"
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
    """Bring in policies not yet there, by code; offer texts that changed since. Returns how many came in.

    What the office has made of a policy stays, and so does what is in force. Running it again changes nothing.
    """
    known = {policy.code: policy for policy in Policy.objects.all()}
    held, came = set(PolicyVersion.objects.values_list("policy__code", "text")), 0
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if (found := CODE.search(text)) and (found.group(1), text) in held:
            continue
        head = head_of(text)
        if head.code and head.code not in known:
            known[head.code] = _bring_in(head, text, by=by, at=at)
            came += 1
        elif head.code:
            _offer(known[head.code], head, text, by=by, at=at)
    return came


def _offer(policy: Policy, head: Head, text: str, *, by: Account | None, at: datetime) -> None:
    """A newer text of the library as a version to be adopted, once; what was offered before and not taken up is replaced."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    offered = events_of(policy).filter(name=PolicyEvent.OFFERED).values_list("data", flat=True)
    if any(data.get("digest") == digest for data in offered):
        return
    version = policy.versions.filter(state=VersionState.OFFERED).first()
    last = policy.versions.aggregate(last=Max("number"))["last"] or 0
    version = version or PolicyVersion(policy=policy, number=last + 1, state=VersionState.OFFERED)
    version.text, version.confirmed, version.written_at = text, head.confirmed, at
    version.valid_from, version.valid_until = head.in_force_from or ALWAYS, head.in_force_until
    version.save()
    record(
        PolicyEvent.OFFERED,
        subject=policy,
        by=by,
        at=at,
        number=version.number,
        version=version.pk,
        digest=digest,
    )


def _bring_in(head: Head, text: str, *, by: Account | None, at: datetime) -> Policy:
    policy = Policy(code=head.code)
    repeat_head(policy, head)
    policy.save()
    PolicyVersion.objects.create(
        policy=policy,
        number=1,
        text=text,
        state=VersionState.SIGNED,
        confirmed=head.confirmed,
        written_at=at,
        signed_at=at,
        valid_from=head.in_force_from or ALWAYS,
        valid_until=head.in_force_until,
    )
    record(PolicyEvent.LOADED, subject=policy, by=by, at=at, name=policy.name)
    return policy
