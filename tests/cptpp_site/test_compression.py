"""Pages travel compressed: smaller, whole, and never of a length that tells what is in them."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from cptpp_site.compression import SMALLEST, CompressionMiddleware, compressed

PAGE = b"<p>Do you qualify?</p>\n" * 200


def answered(response: HttpResponseBase, accepts: str = "gzip, deflate, br") -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return CompressionMiddleware(lambda request: response).process_response(request, response)


def test_a_page_is_the_same_when_it_is_unpacked() -> None:
    response = answered(HttpResponse(PAGE))
    assert isinstance(response, HttpResponse)
    assert gzip.decompress(response.content) == PAGE
    assert response["Content-Encoding"] == "gzip"
    assert response["Content-Length"] == str(len(response.content))
    assert response["Vary"] == "Accept-Encoding"
    assert len(response.content) < len(PAGE) / 10


def test_a_browser_that_does_not_ask_for_gzip_gets_the_page_as_it_is() -> None:
    response = answered(HttpResponse(PAGE), accepts="identity")
    assert isinstance(response, HttpResponse)
    assert response.content == PAGE
    assert response["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in response


@pytest.mark.parametrize("content", [b"x" * (SMALLEST - 1), bytes(range(256))])
def test_what_would_not_get_smaller_stays_as_it_is(content: bytes) -> None:
    response = answered(HttpResponse(content))
    assert isinstance(response, HttpResponse)
    assert response.content == content
    assert "Content-Encoding" not in response


def test_what_is_packed_already_is_not_packed_again() -> None:
    response = answered(HttpResponse(PAGE, headers={"Content-Encoding": "br"}))
    assert isinstance(response, HttpResponse)
    assert response.content == PAGE


def test_a_strong_mark_of_a_page_becomes_a_weak_one() -> None:
    assert answered(HttpResponse(PAGE, headers={"ETag": '"31-en"'}))["ETag"] == 'W/"31-en"'
    assert answered(HttpResponse(PAGE, headers={"ETag": 'W/"31-en"'}))["ETag"] == 'W/"31-en"'


def test_lines_that_are_made_one_by_one_are_packed_one_by_one() -> None:
    response = answered(StreamingHttpResponse([PAGE, PAGE]))
    assert isinstance(response, StreamingHttpResponse)
    assert gzip.decompress(b"".join(response)) == PAGE * 2


def test_the_length_of_a_packed_page_varies_so_that_it_tells_nothing() -> None:
    packed = [compressed(PAGE, 100) for _ in range(60)]
    assert len({len(one) for one in packed}) > 10
    assert all(gzip.decompress(one) == PAGE for one in packed)


@pytest.mark.django_db
def test_the_site_packs_its_pages(client: Client) -> None:
    response = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(response.content)
