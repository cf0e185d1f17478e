"""Pages of the catalogue."""

from catalog import views
from core.web.urls import pages

urlpatterns = [
    *pages("sources", views.TissueSourceList, views.TissueSourceDetail),
    *pages("markers", views.SurfaceMarkerList, views.SurfaceMarkerDetail),
    *pages("cell-types", views.CellTypeList, views.CellTypeDetail),
    *pages("conditions", views.ConditionList, views.ConditionDetail),
    *pages("organisms", views.OrganismList, views.OrganismDetail),
    *pages("marker-expressions", views.MarkerExpressionList, views.MarkerExpressionDetail),
    *pages("differentiations", views.DifferentiationList, views.DifferentiationDetail),
    *pages("source-traits", views.SourceTraitList, views.SourceTraitDetail),
    *pages("identity-criteria", views.IdentityCriterionList, views.IdentityCriterionDetail),
]
