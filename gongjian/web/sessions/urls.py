"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.rights import SIGNED_IN
from gongjian.web.sessions import views as sessions

urlpatterns = [
    path("own-sessions/", sessions.own_sessions, name="own-sessions"),
    path("own-sessions/end-others/", sessions.end_other_sessions, name="end-other-sessions"),
    path("sign-ins/", sessions.sign_ins, name="sign-ins"),
]
RIGHTS: dict[str, frozenset[Role]] = {
    "own-sessions": SIGNED_IN,
    "end-other-sessions": SIGNED_IN,
    "sign-ins": frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
}
