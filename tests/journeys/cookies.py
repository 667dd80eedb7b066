"""A session for an account, as if it had signed in. For scripts that build a world: import it once Django is set up."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from gongjian.people.models import Account
from gongjian.web.session_store import SessionStore


def cookie_of(account: Account) -> str:
    """The value of the session cookie."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)
