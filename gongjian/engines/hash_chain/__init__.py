"""The hash chain of events (留痕链): the digest of one event, and the first link of a chain that does not hold. Pure.

Every event carries the digest of the one before it, so that nothing can be changed or taken out unnoticed.

>>> from datetime import UTC, datetime
>>> from types import SimpleNamespace
>>> from gongjian.engines.hash_chain.chain import GENESIS, digest_of, first_broken
>>> def event(seq, previous, text):
...     link = SimpleNamespace(
...         seq=seq, at=datetime(2026, 11, 24, 1, 30, tzinfo=UTC), by_id=7, by_name="王晓", name="problem.recorded",
...         subject_kind="problems.problem", subject_id=3, data={"text": text}, previous=previous, algorithm="sha256",
...     )
...     link.digest = digest_of(link)
...     return link
>>> first = event(1, GENESIS, "用电负荷不足")
>>> second = event(2, first.digest, "已协调增容")
>>> first_broken([first, second]) is None
True
>>> first.data["text"] = "没有问题"
>>> first_broken([first, second]).why
'第 1 条的内容与摘要不符，内容被改动过。'
"""
