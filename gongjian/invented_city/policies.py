"""Policies of the invented city: two signed, one draft waiting, payouts in several states, a newer library text."""

import re
import tempfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongjian.invented_city.world import HERE, World
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.policies import services as policies
from gongjian.policies.models import Payout, PolicyVersion
from gongjian.policies.rule_files.services import LIBRARY
from gongjian.policies.verdicts import queries as verdicts

CEILING = Decimal(25_000_000)  # of the draft: enough for what is certain, not for all that is possible
WORDED = re.compile(r"^( *(?:- )?(?:name|document|issuer|explain|source|reference): )(.+)$", re.MULTILINE)
NEWER = "small-low-profit.yaml"
QUARTERS = ("一", "二", "三", "四")
PAID, APPROVED, RETURNED = 8, 5, 1  # of the firms listed for automatic payment


def build(world: World) -> None:
    """Draft, sign and pay out the policies of the city itself."""
    signer = Account.objects.filter(role=Role.LEADER, reads_area=world.city).order_by("pk").first()
    assert signer is not None  # noqa: S101  the places come with their leaders
    written = world.at - timedelta(days=40)
    load = _signed_policy(world, "full_load", signer, at=written)
    _signed_policy(world, "growth", signer, at=written + timedelta(hours=1))
    _waiting_policy(world, at=world.at - timedelta(days=2))
    _payouts(world, load)
    _newer_library(world.at - timedelta(days=1))


def _text(world: World, name: str) -> str:
    """The text of a rule with dates around today; its quarter is the last one that is over."""
    today = world.at.date()
    ended = date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    quarter = (ended.month + 2) // 3
    until = _quarter_end(ended + timedelta(days=1))
    places: dict[str, Any] = {
        "year": ended.year,
        "quarter": f"{ended.year}Q{quarter}",
        "quarter_said": world.say(f"{QUARTERS[quarter - 1]}季度"),
        "since": ended + timedelta(days=1),
        "until": until,
        "next_year": today.year + 1,
        "last_year": today.year - 1,
        "year_before": today.year - 2,
        "before": ended.year - 1,
        "before_quarter": f"{ended.year - 1}Q{quarter}",
        **{f"m{n}": f"{ended.year}-{quarter * 3 - 3 + n:02d}" for n in (1, 2, 3)},
        "year_start": date(today.year, 1, 1),
        "year_end": date(today.year, 12, 31),
    }
    rule = (HERE / "policy_rules" / f"{name}.yaml").read_text(encoding="utf-8")
    text = WORDED.sub(lambda found: f'{found[1]}"{world.say(found[2])}"', rule)
    for key, value in places.items():
        text = text.replace("{" + key + "}", str(value))
    return text


def _quarter_end(first: date) -> date:
    later = first.replace(day=28) + timedelta(days=70)
    return later.replace(day=1) - timedelta(days=1)


def _signed_policy(world: World, name: str, signer: Account, *, at: datetime) -> PolicyVersion:
    version = policies.draft(text=_text(world, name), by=world.clerk, at=at)
    policies.propose(version, by=world.clerk, at=at + timedelta(hours=2))
    return policies.sign(version, by=signer, at=at + timedelta(days=1))


def _waiting_policy(world: World, *, at: datetime) -> None:
    version = policies.draft(text=_text(world, "waiting"), by=world.clerk, at=at)
    policies.set_ceiling(version.policy, amount=CEILING, by=world.clerk, at=at + timedelta(hours=1))
    policies.propose(version, by=world.clerk, at=at + timedelta(hours=3))


def _newer_library(at: datetime) -> None:
    """Load a library in which the text of one policy is newer since yesterday."""
    text = (LIBRARY / NEWER).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / NEWER).write_text(
            text.replace("申报时自动享受。", "申报时自动享受，不用另行申请。"), encoding="utf-8"
        )
        policies.load_library(by=None, at=at, folder=Path(folder))


def _payouts(world: World, version: PolicyVersion) -> None:
    """The list of automatic payment, some of it approved, some paid, one returned."""
    due = verdicts.entitled_firms(version, on=world.at.date(), ids=None)
    listed = world.at - timedelta(days=12)
    payouts = policies.list_automatic(
        version, due=due, period=verdicts.period_of(version, on=world.at.date()), by=world.clerk, at=listed
    )
    for n, payout in enumerate(payouts[: PAID + APPROVED]):
        _approve_and_pay(world, payout, paid=n < PAID)
    for payout in payouts[PAID + APPROVED : PAID + APPROVED + RETURNED]:
        policies.return_(
            payout,
            note=world.say("用电数据与电网台账不符，请核对后重报"),
            by=world.clerk,
            at=listed,
        )


def _approve_and_pay(world: World, payout: Payout, *, paid: bool) -> None:
    approved = world.at - timedelta(days=8)
    policies.approve(payout, on=approved.date(), by=world.clerk, at=approved)
    if paid:
        sent = world.at - timedelta(days=3)
        policies.pay(payout, on=sent.date(), by=world.clerk, at=sent)
