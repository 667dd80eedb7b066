"""Routes of policies and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.policies import views
from gongjian.web.policies.budget import views as budget
from gongjian.web.policies.editor import views as editor
from gongjian.web.policies.firms import views as firms
from gongjian.web.policies.one_firm import views as one_firm
from gongjian.web.policies.payouts import views as payouts
from gongjian.web.policies.what_if import views as what_if
from gongjian.web.rights import OFFICE, READERS

SIGNERS = frozenset({Role.CLERK, Role.LEADER})
FIRM = frozenset({Role.ENTERPRISE})

urlpatterns = [
    path("policies/", views.register, name="policies"),
    path("policies/new/", editor.new, name="policy-new"),
    path("policies/check/", editor.check, name="policy-check"),
    path("policies/<int:pk>/", views.policy, name="policy"),
    path("policies/<int:pk>/next/", editor.next_version, name="policy-next"),
    path("policies/<int:pk>/what-if/", what_if.what_if, name="policy-what-if"),
    path("policies/<int:pk>/compare/", what_if.compare, name="policy-compare"),
    path("policies/<int:pk>/firms/", firms.listing, name="policy-firms"),
    path("policies/<int:pk>/firms/export/", firms.export, name="policy-firms-export"),
    path("policies/<int:pk>/notice/", firms.notice, name="policy-notice"),
    path("policies/<int:pk>/automatic/", firms.automatic, name="policy-automatic"),
    path("policies/versions/<int:pk>/", editor.version, name="policy-version"),
    path("policies/versions/<int:pk>/budget/", budget.budget, name="policy-budget"),
    path("policies/versions/<int:pk>/budget/export/", budget.export, name="policy-budget-export"),
    path("policies/versions/<int:pk>/ceiling/", budget.ceiling, name="policy-ceiling"),
    path("policies/versions/<int:pk>/<slug:verb>/", views.move, name="policy-move"),
    path("policies/of-firm/<int:pk>/", one_firm.of_firm, name="firm-policies"),
    path("policies/of-firm/<int:pk>/json/", one_firm.as_json, name="firm-policies-json"),
    path("policies/of-firm/<int:pk>/card/", one_firm.card, name="firm-card"),
    path("policies/of-firm/<int:pk>/card.docx", one_firm.card_word, name="firm-card-word"),
    path("policies/of-firm/<int:pk>/ask/", one_firm.ask, name="datum-ask"),
    path("firm/policies/", one_firm.mine, name="my-policies"),
    path("payouts/", payouts.ledger, name="payouts"),
    path("payouts/export/", payouts.export, name="payouts-export"),
    path("payouts/list.docx", payouts.word, name="payouts-word"),
    path("payouts/new/", payouts.new, name="payout-new"),
    path("payouts/bulk/", payouts.bulk, name="payout-bulk"),
    path("payouts/<int:pk>/", payouts.payout, name="payout"),
    path("payouts/<int:pk>/<slug:verb>/", payouts.move, name="payout-move"),
]

RIGHTS = {
    "policies": READERS,
    "policy-new": OFFICE,
    "policy-check": OFFICE,
    "policy": READERS,
    "policy-next": OFFICE,
    "policy-what-if": READERS,
    "policy-compare": READERS,
    "policy-firms": READERS,
    "policy-firms-export": READERS,
    "policy-notice": OFFICE,
    "policy-automatic": OFFICE,
    "policy-version": READERS,
    "policy-budget": READERS,
    "policy-budget-export": READERS,
    "policy-ceiling": OFFICE,
    "policy-move": SIGNERS,
    "firm-policies": READERS,
    "firm-policies-json": READERS,
    "firm-card": READERS,
    "firm-card-word": READERS,
    "datum-ask": OFFICE,
    "my-policies": FIRM,
    "payouts": READERS,
    "payouts-export": READERS,
    "payouts-word": READERS,
    "payout-new": OFFICE,
    "payout-bulk": OFFICE,
    "payout": READERS,
    "payout-move": OFFICE,
}
