"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.entrance import views
from gongjian.web.rights import PUBLIC, SIGNED_IN

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.password, name="password"),
]
RIGHTS: dict[str, frozenset[Role]] = {"sign-in": PUBLIC, "sign-out": SIGNED_IN, "password": SIGNED_IN}
