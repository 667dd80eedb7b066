"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.rights import PUBLIC, SIGNED_IN
from gongjian.web.second_factor import views as factor

urlpatterns = [
    path("sign-in/code/", factor.second_step, name="second-step"),
    path("second-factor/", factor.second_factor, name="second-factor"),
    path("second-factor/recovery-codes/", factor.recovery_codes, name="recovery-codes"),
    path("second-factor/off/", factor.factor_off, name="factor-off"),
]
RIGHTS: dict[str, frozenset[Role]] = {
    "second-step": PUBLIC,
    "second-factor": SIGNED_IN,
    "recovery-codes": SIGNED_IN,
    "factor-off": SIGNED_IN,
}
