"""The hash chain (留痕链): computes the digest of an event and checks a whole chain. Pure."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

GENESIS = "0" * 64
CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
ALGORITHMS = ("sha256", "sm3")


class ChainedEvent(Protocol):
    """The fields of an event that the chain uses."""

    seq: int
    at: datetime
    by_id: int | None
    by_name: str
    name: str
    subject_kind: str
    subject_id: int
    data: Any
    previous: str
    digest: str
    algorithm: str


@dataclass(frozen=True)
class BrokenLink:
    """The first event at which the chain is broken: its number and the reason in a sentence."""

    seq: int
    why: str


def digest_of(link: ChainedEvent) -> str:
    """The digest of every field of the event and of the previous digest, as canonical JSON."""
    facts = (
        link.seq,
        moment_in_chain(link.at),
        link.by_id,
        link.by_name,
        link.name,
        link.subject_kind,
        link.subject_id,
        link.data,
        link.previous,
    )
    return digest_of_facts(facts, link.algorithm)


def digest_of_facts(facts: Sequence[Any], algorithm: str) -> str:
    """The same of facts that stand in the order of `digest_of`, the moment written by `moment_in_chain`."""
    return hashlib.new(algorithm, CANONICAL.encode(facts).encode()).hexdigest()


def moment_in_chain(at: datetime) -> str:
    """A moment as the chain reads it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def first_broken(
    links: Iterable[ChainedEvent], *, length: int | None = None, head: str | None = None
) -> BrokenLink | None:
    """The first broken link, None if the chain is intact; `length` and `head` are those recorded for it."""
    previous, expected = GENESIS, 1
    for link in links:
        if link.seq != expected:
            return BrokenLink(expected, f"第 {expected} 条事件缺失，其后是第 {link.seq} 条。")
        if link.previous != previous:
            return BrokenLink(link.seq, f"第 {link.seq} 条与上一条的摘要接不上。")
        if link.algorithm not in ALGORITHMS or digest_of(link) != link.digest:
            return BrokenLink(link.seq, f"第 {link.seq} 条的内容与摘要不符，内容被改动过。")
        previous, expected = link.digest, expected + 1
    if length is not None and length != expected - 1:
        return BrokenLink(expected, f"链头记有 {length} 条，实际只有 {expected - 1} 条。")
    if head is not None and expected > 1 and head != previous:
        return BrokenLink(expected - 1, "最后一条的摘要与链头不符。")
    return None
