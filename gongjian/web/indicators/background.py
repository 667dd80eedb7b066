"""A large sheet of figures is read and written in a thread beside the requests; the page of its batch looks how far it is."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.indicators import services as indicators
from gongjian.indicators.models import FigureBatch
from gongjian.indicators.reading.rules import Progress, ReadSheet
from gongjian.indicators.states import BatchState, Via
from gongjian.people.models import Account
from gongjian.web.imports.background import start

logger = logging.getLogger(__name__)
AT_ONCE = 40_000  # bytes of a sheet that is worked through while the browser waits: some 5,000 cells, about a second
EVERY = 1.0  # seconds after which progress is kept again for the other processes
QUIET = timedelta(minutes=10)  # without a word of progress, nobody works on it any more
Read = Callable[[Progress], ReadSheet]


@dataclass
class Work:
    """How far this process is with a large sheet: the stage and its percent."""

    batch: FigureBatch
    state: BatchState = BatchState.READING
    percent: int = 0
    kept: float = 0.0

    def tell(self, done: int, of: int) -> None:
        """Note how far the stage is; while the sheet is read, for the other processes too."""
        self.percent = 100 * done // of if of else 0
        if self.state == BatchState.READING and time.monotonic() - self.kept > EVERY:
            self._keep()

    def write(self) -> None:
        """From now on it is written: all in one transaction, whose progress this process alone can tell."""
        self.state, self.percent = BatchState.WRITING, 0
        self._keep()

    def _keep(self) -> None:
        self.kept = time.monotonic()
        indicators.note_progress(self.batch, state=self.state, percent=self.percent, at=timezone.now())


_working: dict[int, Work] = {}


def how_far(batch: FigureBatch) -> tuple[BatchState, int]:
    """The stage of a large sheet and its percent, as far as this process knows."""
    work = _working.get(batch.pk)
    return (work.state, work.percent) if work else (BatchState(batch.state), batch.percent)


def stopped(batch: FigureBatch, at: datetime) -> bool:
    """Whether nobody works on it any more: the server was switched off meanwhile."""
    known = batch.pk in _working or batch.state in (BatchState.DONE, BatchState.FAILED)
    return not known and (batch.told_at is None or at - batch.told_at > QUIET)


def enter_beside(read: Read, *, via: Via, file_name: str, by: Account, at: datetime) -> FigureBatch:
    """Receive a large sheet, and read and write it beside the requests; returns its batch at once."""
    batch = indicators.receive_sheet(via=via, file_name=file_name, by=by, at=at)
    work = _working[batch.pk] = Work(batch)
    language = translation.get_language()
    start(partial(_run, work, read, by=by, language=language))  # the verbs it calls are those of the thread
    return batch


def _run(work: Work, read: Read, *, by: Account, language: str | None) -> None:
    try:
        with translation.override(language):
            try:
                _enter(work, read, by=by)
            except Refused as refused:
                _give_up(work, refused.sentence, by=by)
            except Exception:
                logger.exception("figures %s", work.batch.pk)
                _give_up(work, _("没有做完，请再试一次；还不行请联系系统管理员。"), by=by)
    finally:
        _working.pop(work.batch.pk, None)
        connection.close()


def _enter(work: Work, read: Read, *, by: Account) -> None:
    sheet, batch = read(work.tell), work.batch
    work.write()
    indicators.enter_figures(
        sheet.cells,
        faults=sheet.faults,
        via=batch.via,
        into=batch,
        tell=work.tell,
        by=by,
        at=timezone.now(),
    )


def _give_up(work: Work, why: str, *, by: Account) -> None:
    indicators.give_up_sheet(work.batch, why=str(why), by=by, at=timezone.now())
