"""The rules that come with the product: loaded once each as signed versions; a newer text is offered, never put in force by itself."""

import hashlib
import re
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from gongjian.audit.queries import events_of
from gongjian.audit.services import record
from gongjian.engines.writing.signs import clean_text
from gongjian.people.models import Account
from gongjian.policies.events import PolicyEvent
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files.queries import Header, read_header
from gongjian.policies.states import VersionState

LIBRARY = Path(__file__).resolve().parents[1] / "library"
CODE = re.compile(
    r"^code:\s*(\S+)", re.MULTILINE
)  # enough to skip a text that is loaded already: reading the YAML takes longer
ALWAYS = date(1949, 10, 1)  # the first day in force of a rule whose file names none


def copy_header(policy: Policy, header: Header) -> None:
    """Set the columns of a policy from the header of one of its versions."""
    policy.name, policy.document, policy.issuer = header.name, header.document, header.issuer
    policy.level, policy.area_code, policy.delivery = header.level, header.area_code, header.delivery
    policy.confirmed, policy.last_day, policy.gives = header.confirmed, header.last_day, header.gives


@transaction.atomic
def load_library(*, by: Account | None, at: datetime, folder: Path = LIBRARY) -> int:
    """Load policies whose code is new, and offer texts that changed since. Returns how many were loaded.

    What the office has made of a policy stays, and so does what is in force. A second run changes nothing.
    """
    known = {policy.code: policy for policy in Policy.objects.all()}
    known_texts, loaded = set(PolicyVersion.objects.values_list("policy__code", "text")), 0
    for path in sorted(folder.glob("*.yaml")):
        text = clean_text(path.read_text(encoding="utf-8"))
        if (match := CODE.search(text)) and (match.group(1), text) in known_texts:
            continue
        header = read_header(text)
        if header.code and header.code not in known:
            known[header.code] = _load(header, text, by=by, at=at)
            loaded += 1
        elif header.code:
            _offer(known[header.code], header, text, by=by, at=at)
    return loaded


def _offer(policy: Policy, header: Header, text: str, *, by: Account | None, at: datetime) -> None:
    """Offer a newer text of the library as a version to be adopted, once; an earlier offer that was not adopted is replaced."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    offered = events_of(policy).filter(name=PolicyEvent.OFFERED).values_list("data", flat=True)
    if any(data.get("digest") == digest for data in offered):
        return
    version = policy.versions.filter(state=VersionState.OFFERED).first()
    last = policy.versions.aggregate(last=Max("number"))["last"] or 0
    version = version or PolicyVersion(policy=policy, number=last + 1, state=VersionState.OFFERED)
    version.text, version.confirmed, version.written_at = text, header.confirmed, at
    version.valid_from, version.valid_until = header.in_force_from or ALWAYS, header.in_force_until
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


def _load(header: Header, text: str, *, by: Account | None, at: datetime) -> Policy:
    policy = Policy(code=header.code)
    copy_header(policy, header)
    policy.save()
    PolicyVersion.objects.create(
        policy=policy,
        number=1,
        text=text,
        state=VersionState.SIGNED,
        confirmed=header.confirmed,
        written_at=at,
        signed_at=at,
        valid_from=header.in_force_from or ALWAYS,
        valid_until=header.in_force_until,
    )
    record(PolicyEvent.LOADED, subject=policy, by=by, at=at, name=policy.name)
    return policy
