"""Compresses pages as Django does, by zlib-ng, which takes less than half of the time for the same size."""

from __future__ import annotations

import secrets
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers
from zlib_ng import zlib_ng

SMALLEST: Final = 200
"""Bytes below which nothing is gained."""
LEVEL: Final = 6
_GZIP: Final = 31
"""A window of 32 KB, with gzip's header and checksum."""
_HEADER_BYTES: Final = 10
_FLAGS: Final = 3
_HAS_NAME: Final = 0x08


class CompressionMiddleware(GZipMiddleware):
    """Django's middleware, but for pages that are whole in memory."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        plain = response.content
        if len(plain) < SMALLEST:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        packed = compressed(plain, self.max_random_bytes)
        if len(packed) >= len(plain):
            return response
        response.content = packed
        response.headers["Content-Length"] = str(len(packed))
        response.headers["Content-Encoding"] = "gzip"
        # What is compressed is no longer the same byte for byte (RFC 9110, 8.8.1).
        etag = response.headers.get("ETag", "")
        if etag.startswith('"'):
            response.headers["ETag"] = f"W/{etag}"
        return response


def compressed(content: bytes, max_random_bytes: int = 0) -> bytes:
    """Gzip. A file name of random length hides from a listener how well a page with a secret compressed (BREACH)."""
    packed: bytes = zlib_ng.compress(content, LEVEL, _GZIP)
    if not max_random_bytes:
        return packed
    header = bytearray(packed[:_HEADER_BYTES])
    header[_FLAGS] |= _HAS_NAME
    return bytes(header) + b"a" * secrets.randbelow(max_random_bytes) + b"\x00" + packed[_HEADER_BYTES:]
