"""Curators look at records and their versions in the admin, and change nothing there."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests import builders as make


@pytest.mark.usefixtures("world")
def test_records_and_versions_are_shown_and_not_changed():
    record = make.registry_record("NCT00000012", title="Cells in hearts")
    version = make.record_version(record, 1, status="RECRUITING")
    curator = Client()
    curator.force_login(get_user_model().objects.create_superuser("curator"))
    for name, row, shown, field in (
        ("trialrecord", record, "NCT00000012: Cells in hearts", "Cells in hearts"),
        ("trialrecordversion", version, "NCT00000012, version 1", "RECRUITING"),
    ):
        address = f"/admin/trials/{name}/"
        assert shown in curator.get(address).text
        assert field in curator.get(f"{address}{row.pk}/change/").text
        assert curator.get(f"{address}add/").status_code == 403
        assert curator.post(f"{address}{row.pk}/change/", {"title": "Other"}).status_code == 403
        assert curator.post(f"{address}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "Cells in hearts" in curator.get("/admin/trials/trialrecord/?q=NCT00000012").text
    assert "Cells in hearts" not in curator.get("/admin/trials/trialrecord/?q=NCT00000013").text
