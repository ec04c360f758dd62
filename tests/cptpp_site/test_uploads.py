"""Nobody fills the disk: a request with too large a file is refused before it is read."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cptpp_site import uploads
from tests.staff import administrator

ADD = "/admin/occupations/importrecord/add/?kind=wages"


def test_a_visitor_sends_no_large_file(db: None) -> None:
    content = b"x" * (uploads.MOST_OF_VISITORS + 1)
    assert Client().post("/feedback/", {"file": SimpleUploadedFile("x", content)}).status_code == 400


def test_staff_send_large_files_up_to_a_limit(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client, content = administrator(), b"x" * (uploads.MOST_OF_VISITORS + 1)
    sent = {"sent": SimpleUploadedFile("x.csv", content), "reason": "a test"}
    assert client.post(ADD, sent).status_code == 302
    monkeypatch.setattr(uploads, "MOST_OF_STAFF", 1000)
    sent = {"sent": SimpleUploadedFile("x.csv", content), "reason": "a test"}
    assert client.post(ADD, sent).status_code == 400
