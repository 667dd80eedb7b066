"""Routes of the local market and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.markets import views as markets
from gongjian.web.markets.introductions import views as introductions
from gongjian.web.rights import FIELD, HANDLING, OFFICE, READERS, SIGNED_IN

urlpatterns = [
    path("market/", markets.market, name="market"),
    path("market/firms/<int:pk>/", markets.firm, name="market-firm"),
    path("market/firms/<int:pk>/add/", markets.add, name="market-add"),
    path("market/firms/<int:pk>/read/", markets.read, name="market-read"),
    path("market/stops/<int:pk>/take/", markets.take, name="market-take"),
    path("market/products/<int:pk>/end/", markets.end, name="market-end"),
    path("market/introduce/<int:need>/<int:offer>/", introductions.introduce, name="market-introduce"),
    path("market/introductions/", introductions.introductions, name="introductions"),
    path("market/introductions/export/", introductions.export, name="introduction-export"),
    path("market/introductions/<int:pk>/", introductions.result, name="introduction"),
]

KEEPING = FIELD | {Role.ENTERPRISE}

RIGHTS = {
    "market": READERS,
    "market-firm": SIGNED_IN - {Role.ADMINISTRATOR},
    "market-add": KEEPING,
    "market-read": KEEPING,
    "market-take": FIELD,
    "market-end": KEEPING,
    "market-introduce": OFFICE,
    "introductions": READERS,
    "introduction-export": READERS,
    "introduction": HANDLING,
}
