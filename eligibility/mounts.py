"""The visitor's pages a second time, under a prefix and on other terms: in a frame of another site, or as a preview.

The prefix becomes part of the script prefix, so that every address that a page writes stays under it, and cookies get
names of their own, so that nothing of one world can be read in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils.cache import add_never_cache_headers
from django.utils.module_loading import import_string


class Mount:
    """One such world. Subclasses are named in `settings.MOUNTS` and hold no state of a request."""

    cookie_prefix: str
    """What the names of its cookies begin with, after the prefix that all our cookies have."""
    opens_tabs = False
    """Whether a link that leaves the site opens a tab of its own."""
    notice_template = ""
    """What every page says of this world, above its content."""

    is_counted = True
    """Whether its journeys are among the anonymous counts."""

    def prefix_of(self, path: str) -> str | None:
        """The part of `path`, without a slash at its end, under which this world lives; None when it is outside."""
        raise NotImplementedError

    def refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        """What is answered instead of the page, if anything. The address is still the whole one."""
        return None

    def around(self, request: HttpRequest) -> AbstractContextManager[Any]:
        """What must hold while the page is made."""
        return nullcontext()

    def notice(self, request: HttpRequest | None) -> dict[str, Any]:
        """Context of `notice_template`; an error page may have no request."""
        return {}

    def finish(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Changes the page's headers. Its cookies have their final names."""


_current: ContextVar[Mount | None] = ContextVar("mount", default=None)
_outer: ContextVar[str] = ContextVar("outer_prefix", default="/")


def current() -> Mount | None:
    """The world of the page that is being made; None on the site itself."""
    return _current.get()


def site_address(name: str, **kwargs: object) -> str:
    """Like `reverse`, for the site itself: an address to pass on or to open in a tab."""
    if current() is None:
        return reverse(name, kwargs=kwargs)
    inner = get_script_prefix()
    set_script_prefix(_outer.get())
    try:
        return reverse(name, urlconf=settings.ROOT_URLCONF, kwargs=kwargs)
    finally:
        set_script_prefix(inner)


@contextmanager
def entered(mount: Mount, prefix: str) -> Iterator[None]:
    """Within it addresses and cookies are those of this world."""
    outer = get_script_prefix()
    world, around = _current.set(mount), _outer.set(outer)
    set_script_prefix(f"{outer.rstrip('/')}{prefix}/")
    try:
        yield
    finally:
        set_script_prefix(outer)
        _current.reset(world)
        _outer.reset(around)


class MountMiddleware:
    """Serves the visitor's pages, and no others, under the prefixes of `settings.MOUNTS`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.mounts: list[Mount] = [import_string(name)() for name in settings.MOUNTS]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for mount in self.mounts:
            prefix = mount.prefix_of(request.path_info)
            if prefix is not None:
                return self._mounted(request, mount, prefix)
        return self.get_response(request)

    def _mounted(self, request: HttpRequest, mount: Mount, prefix: str) -> HttpResponseBase:
        refusal = mount.refusal(request)
        if refusal is not None:
            return refusal
        request.path_info = request.path_info.removeprefix(prefix) or "/"
        request.urlconf = settings.PAGES_URLCONF
        request.COOKIES = own_cookies(request.COOKIES, mount)
        with entered(mount, prefix), mount.around(request):
            response = self.get_response(request)
        _rename_cookies(response, mount)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        mount.finish(request, response)
        return response


def own_cookies(cookies: dict[str, str], mount: Mount) -> dict[str, str]:
    """This world's cookies under the names that the pages know; the site's own are not there."""
    start = f"{settings.COOKIE_PREFIX}{mount.cookie_prefix}"
    return {
        f"{settings.COOKIE_PREFIX}{name.removeprefix(start)}": value
        for name, value in cookies.items()
        if name.startswith(start)
    }


def _rename_cookies(response: HttpResponseBase, mount: Mount) -> None:
    for name in list(response.cookies):
        morsel = response.cookies.pop(name)
        own = f"{settings.COOKIE_PREFIX}{mount.cookie_prefix}{name.removeprefix(settings.COOKIE_PREFIX)}"
        response.cookies[own] = morsel.value
        response.cookies[own].update(morsel)
