"""Nobody fills the disk: a request with too large a file is refused before it is read."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cptpp_site import uploads
from eligibility.api.reading import MAX_BODY_BYTES
from tests.staff import administrator

ADD = "/admin/occupations/importrecord/add/?kind=wages"


def test_a_visitor_sends_no_large_file(db: None) -> None:
    content = b"x" * (uploads.MOST_OF_VISITORS + 1)
    assert Client().post("/feedback/", {"file": SimpleUploadedFile("x", content)}).status_code == 413


def test_a_form_that_is_too_large_is_refused_before_anything_of_it_is_read() -> None:
    body = b"text=" + b"x" * uploads.MOST_OF_VISITORS
    response = Client().post("/feedback/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "That was more than we can take" in response.content.decode()


def test_a_program_that_sends_too_much_is_told_as_programs_are(db: None) -> None:
    body = b"[" + b" " * MAX_BODY_BYTES + b"]"
    response = Client().post("/api/v1/assess", body, content_type="application/json")
    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"


def test_staff_send_large_files_up_to_a_limit(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client, content = administrator(), b"x" * (uploads.MOST_OF_VISITORS + 1)
    sent = {"sent": SimpleUploadedFile("x.csv", content), "reason": "a test"}
    assert client.post(ADD, sent).status_code == 302
    monkeypatch.setattr(uploads, "MOST_OF_STAFF", 1000)
    sent = {"sent": SimpleUploadedFile("x.csv", content), "reason": "a test"}
    assert client.post(ADD, sent).status_code == 413
