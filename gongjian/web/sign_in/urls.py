"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.rights import PUBLIC, SIGNED_IN
from gongjian.web.sign_in import views as sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("password/", sign_in.password, name="password"),
]
RIGHTS: dict[str, frozenset[Role]] = {"sign-in": PUBLIC, "sign-out": SIGNED_IN, "password": SIGNED_IN}
