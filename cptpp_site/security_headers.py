"""Headers that every response carries, whoever made it: a page, a static file, a redirect, an error, the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from csp.constants import HEADER as POLICY
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

UNUSED_FEATURES: Final = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What a page of ours may never ask the browser for, nor anything that it would load."""
PERMISSIONS: Final = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)
UNFRAMED: Final = "frame-ancestors 'none'"


class SecurityHeadersMiddleware:
    """Adds what a response lacks. It stands first, because an error of a middleware passes only those before it.

    Two come from elsewhere: the content security policy from django-csp, which stands next, and HSTS from Django.
    `Cross-Origin-Resource-Policy` does not touch the API, whose readers ask in CORS mode; a page under /embed/ sets
    its own (eligibility/embedding.py).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        if UNFRAMED in headers.get(POLICY, ""):
            headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        for cookie in response.cookies.values():  # Also those that only delete: Django gives them no flags.
            cookie["httponly"] = True
            cookie["secure"] = cookie["secure"] or settings.IS_PRODUCTION
        return response
