"""Pages of trials and what belongs to them."""

from core.web.urls import pages
from trials import views

urlpatterns = [
    *pages("trials", views.TrialList, views.TrialDetail),
    *pages("indications", views.IndicationList, views.IndicationDetail),
    *pages("trial-statistics", views.TrialStatisticList, views.TrialStatisticDetail),
    *pages("administration-routes", views.AdministrationRouteList, views.AdministrationRouteDetail),
    *pages("adverse-events", views.AdverseEventList, views.AdverseEventDetail),
    *pages("outcome-measures", views.OutcomeMeasureList, views.OutcomeMeasureDetail),
]
