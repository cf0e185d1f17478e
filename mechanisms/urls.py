"""Pages of mechanisms and claims."""

from core.web.urls import pages
from mechanisms import views

urlpatterns = [
    *pages("molecules", views.MoleculeList, views.MoleculeDetail),
    *pages("mechanisms", views.MechanismList, views.MechanismDetail),
    *pages("pathways", views.PathwayList, views.PathwayDetail),
    *pages("processes", views.ProcessList, views.ProcessDetail),
    *pages("claims", views.ClaimList, views.ClaimDetail),
    *pages("vesicle-classes", views.VesicleClassList, views.VesicleClassDetail),
]
