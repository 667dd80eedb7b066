"""Routes of indicators and who may take them."""

from django.urls import path

from gongjian.web.indicators import views
from gongjian.web.rights import READERS

urlpatterns = [
    path("figures/", views.indicators, name="indicators"),
    path("figures/export/", views.export, name="figures-export"),
    path("figures/<int:pk>/", views.indicator, name="indicator"),
    path("figures/<int:pk>/export/", views.indicator_export, name="indicator-export"),
    path("figures/<int:pk>/<int:area>/<int:year>-<int:month>/", views.figure_history, name="figure-history"),
]

RIGHTS = {
    "indicators": READERS,
    "figures-export": READERS,
    "indicator": READERS,
    "indicator-export": READERS,
    "figure-history": READERS,
}
