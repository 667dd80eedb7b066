"""Long imports are compared and written in a thread beside the requests; the page looks how far it is and draws itself again.

What was compared is kept for a while, so that turning a page of the preview does not compare again; it is written as it is only when
nothing at all has been recorded since.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Thread
from typing import Any

from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.models import ChainHead
from gongjian.imports import services
from gongjian.imports.comparing import ComparedLedger, compare
from gongjian.imports.models import ImportBatch
from gongjian.imports.states import ImportState
from gongjian.people.models import Account

logger = logging.getLogger(__name__)
AT_ONCE = 200_000  # bytes of a ledger that is compared while the browser waits: about a second
KEPT, KEPT_FOR = 2, 900.0  # ledgers kept as compared, and for how many seconds
Key = tuple[Any, ...]


@dataclass
class Job:
    """What is being done with an import: how far it is, and how it ended."""

    key: Key
    writes: bool
    began: float = field(default_factory=time.monotonic)
    done: int = 0
    of: int = 0
    error: str = ""
    compared: ComparedLedger | None = None
    chain: int = 0
    ended: float | None = None

    def tell(self, done: int, of: int) -> None:
        """Note how far it is."""
        self.done, self.of = done, of

    @property
    def rate(self) -> int:
        """Rows a second so far."""
        return round(self.done / max(time.monotonic() - self.began, 0.001))

    @property
    def left(self) -> int:
        """Seconds it will still take at this rate; 0 while that is not known."""
        return round((self.of - self.done) / self.rate) if self.rate and self.of else 0


_jobs: dict[int, Job] = {}
_lock = Lock()


def start(call: Callable[[], None]) -> None:
    """Run it in a thread of its own, which ends with the server."""
    Thread(target=call, daemon=True).start()


def is_long(batch: ImportBatch) -> bool:
    """Whether comparing this ledger takes longer than a browser should wait."""
    return len(bytes(batch.file)) > AT_ONCE


def job_of(batch: ImportBatch) -> Job | None:
    """What this server does or has done with an import."""
    return _jobs.get(batch.pk)


def is_written(batch: ImportBatch) -> bool:
    """Whether the ledger is just being written, here or by another process."""
    job = job_of(batch)
    return batch.state == ImportState.WRITING or (job is not None and job.writes and job.ended is None)


def compared_now(batch: ImportBatch, *, by: Account, at: datetime) -> ComparedLedger | None:
    """The ledger as compared; None while a long one is being compared in the background."""
    if not is_long(batch):
        return compare(batch, by=by, today=timezone.localdate(at))
    job = _begin(batch, _key(batch, by, at), by=by, at=at, writes=False)
    if job.error:
        _jobs.pop(batch.pk, None)
        raise Refused(job.error)
    return job.compared


def write(batch: ImportBatch, *, by: Account, at: datetime) -> ImportBatch | None:
    """Write the ledger; None when a long one is being written in the background."""
    if not is_long(batch):
        return services.write(batch, by=by, at=at)
    _begin(batch, (*_key(batch, by, at), "write"), by=by, at=at, writes=True)
    return None


def _key(batch: ImportBatch, by: Account, at: datetime) -> Key:
    """What a comparison depends on besides the registers."""
    settled = (batch.sheets, batch.headings, batch.decisions, batch.confirmed_rows)
    return batch.pk, str(settled), by.pk, timezone.localdate(at), translation.get_language()


def _begin(batch: ImportBatch, key: Key, *, by: Account, at: datetime, writes: bool) -> Job:
    with _lock:
        job = _jobs.get(batch.pk)
        running = job is not None and job.ended is None
        fresh = job is not None and job.key == key and _still_kept(job)
        if job is not None and (running or fresh):
            return job
        known = job.compared if job and writes and _nothing_since(job, key) else None
        _forget_old(batch.pk)
        job = _jobs[batch.pk] = Job(key, writes)
    language = translation.get_language()
    start(lambda: _run(job, batch, known, by=by, at=at, language=language))
    return job


def _still_kept(job: Job) -> bool:
    return job.ended is not None and time.monotonic() - job.ended < KEPT_FOR and not job.writes


def _nothing_since(job: Job, key: Key) -> bool:
    """Whether what was compared can be written as it is: the same choices, and no event since."""
    return job.key == key[: len(job.key)] and job.compared is not None and job.chain == _chain()


def _chain() -> int:
    return ChainHead.objects.values_list("length", flat=True).first() or 0


def _forget_old(pk: int) -> None:
    ended = sorted((job.ended, key) for key, job in _jobs.items() if job.ended is not None and key != pk)
    for _when, key in ended[: max(0, len(ended) + 1 - KEPT)]:
        del _jobs[key]


def _run(
    job: Job,
    batch: ImportBatch,
    known: ComparedLedger | None,
    *,
    by: Account,
    at: datetime,
    language: str | None,
) -> None:
    try:
        with translation.override(language):
            chain = _chain()
            compared = known or compare(batch, by=by, today=timezone.localdate(at), tell=job.tell)
            if job.writes:
                job.began, job.done, job.of = time.monotonic(), 0, len(compared.to_write)
                services.write(batch, compared=compared, by=by, at=at, tell=job.tell)
            else:
                job.compared, job.chain = compared, chain
    except Refused as refused:
        job.error = refused.sentence
    except Exception:
        logger.exception("import %s", batch.pk)
        job.error = str(_("没有做完，请再试一次；还不行请联系系统管理员。"))
    finally:
        job.ended = time.monotonic()
        connection.close()
