"""Routes of indicators and who may take them."""

from django.urls import path

from gongjian.web.indicators import catalogue, confidence, entry, returns, views
from gongjian.web.rights import OFFICE, READERS

urlpatterns = [
    path("figures/", views.indicators, name="indicators"),
    path("figures/export/", views.export, name="figures-export"),
    path("figures/entry/", entry.entry, name="figure-entry"),
    path("figures/table/", entry.table, name="figure-table"),
    path("figures/batches/<int:pk>/", entry.batch, name="figure-batch"),
    path("figures/questions/", entry.questions, name="figure-questions"),
    path("figures/questions/<int:pk>/answer/", entry.answer, name="figure-answer"),
    path("figures/returns/", returns.returns, name="figure-returns"),
    path("figures/returns/hand-up/", returns.hand_up, name="return-hand-up"),
    path("figures/returns/<int:pk>/<slug:verb>/", returns.move, name="return-move"),
    path("figures/confidence/", confidence.confidence, name="confidence"),
    path("figures/confidence/open/", confidence.open_survey, name="confidence-open"),
    path("figures/confidence/<int:pk>/", confidence.confidence_round, name="confidence-round"),
    path("figures/confidence/<int:pk>/close/", confidence.close_survey, name="confidence-close"),
    path("figures/confidence/<int:pk>/export/", confidence.export, name="confidence-export"),
    path("figures/catalogue/", catalogue.catalogue, name="indicator-catalogue"),
    path("figures/catalogue/new/", catalogue.new, name="indicator-new"),
    path("figures/catalogue/<int:pk>/", catalogue.change, name="indicator-edit"),
    path("figures/correct/<int:pk>/", entry.restate, name="figure-restate"),
    path("figures/<int:pk>/", views.indicator, name="indicator"),
    path("figures/<int:pk>/export/", views.indicator_export, name="indicator-export"),
    path("figures/<int:pk>/<int:area>/<int:year>-<int:month>/", views.figure_history, name="figure-history"),
]

RIGHTS = {
    "indicators": READERS,
    "figures-export": READERS,
    "figure-entry": OFFICE,
    "figure-table": OFFICE,
    "figure-batch": OFFICE,
    "figure-questions": OFFICE,
    "figure-answer": OFFICE,
    "indicator-catalogue": READERS,
    "indicator-new": OFFICE,
    "indicator-edit": OFFICE,
    "figure-returns": READERS,
    "return-hand-up": OFFICE,
    "return-move": OFFICE,
    "figure-restate": OFFICE,
    "confidence": READERS,
    "confidence-open": OFFICE,
    "confidence-round": READERS,
    "confidence-close": OFFICE,
    "confidence-export": READERS,
    "indicator": READERS,
    "indicator-export": READERS,
    "figure-history": READERS,
}
