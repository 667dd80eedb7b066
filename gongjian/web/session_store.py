"""The sessions of the library, kept with account, address and device, and ended by rest and by age."""

from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from gongjian.people.models import Session
from gongjian.people.sessions.queries import in_use
from gongjian.people.sessions.services import note_use

SIGNED_IN_FROM = "signed_in_from"  # in the data of a session: moment, address, device
NOTED_EVERY = timedelta(minutes=1)  # so often at most is it written down that a session was used


class SessionStore(DatabaseStore):
    """A row a session. One that rested too long, or is too old, is no session any more."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The model of ours that has a row a session."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The row, unless it has ended; that it is in use is noted once a minute."""
        now = timezone.now()
        row = in_use(at=now).filter(session_key=self.session_key).first()
        if row is None:
            self._session_key = None
        elif now - row.seen_at > NOTED_EVERY:
            note_use(row, at=now)
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to be written: its age counts from signing in, whatever was written to it since."""
        made: Any = super().create_model_instance(data)
        now = timezone.now()
        since = data.get(SIGNED_IN_FROM, {})
        made.account_id = data.get(SESSION_KEY)
        made.address, made.device = since.get("address", ""), since.get("device", "")
        made.seen_at = now
        made.started_at = parse_datetime(since.get("at", "")) or now
        if made.account_id:
            made.expire_date = made.started_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return cast("Session", made)
