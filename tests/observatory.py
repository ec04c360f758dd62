"""The score that the MDN HTTP Observatory would give a page, by its published rules.

Rules and figures: github.com/mdn/mdn-http-observatory, `src/grader/charts.js` (the modifier of each result) and
`src/analyzer/tests/*.js` (which result a response gets), as of November 2026. A site begins with 100; penalties are
taken off; bonuses are added where at least 90 is left. Not counted here, because it is not ours to set: being in the
browsers' own list for HSTS (5 more), and the certificate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import Morsel
from typing import Any, Final

BASE: Final = 100
LEAST_FOR_BONUSES: Final = 90
SIX_MONTHS: Final = 15_768_000
BROAD: Final = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE: Final = {"'unsafe-inline'", "data:"}
PRIVATE_REFERRERS: Final = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
LOOSE_REFERRERS: Final = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}


@dataclass(frozen=True)
class Answer:
    """What the Observatory looks at: a page over https, and where the same address over plain http leads."""

    headers: Mapping[str, str]
    html: str = ""
    cookies: Iterable[Morsel[str]] = field(default_factory=tuple)
    plain_http_leads_to: str = ""
    """`Location` of the answer over plain http; empty when it does not redirect."""
    host: str = ""


def score(answer: Answer) -> int:
    """The whole score; 0 at least."""
    points = modifiers(answer).values()
    left = BASE + sum(each for each in points if each < 0)
    return max(0, left + (sum(each for each in points if each > 0) if left >= LEAST_FOR_BONUSES else 0))


def modifiers(answer: Answer) -> dict[str, int]:
    """The points of each of the ten tests, by its name in the Observatory."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    policy = directives(headers.get("content-security-policy", ""))
    return {
        "content-security-policy": _policy(policy),
        "cookies": _cookies(answer.cookies, _hsts(headers) == 0),
        "cross-origin-resource-sharing": _sharing(headers),
        "redirection": _redirection(answer),
        "referrer-policy": _referrer(headers),
        "strict-transport-security": _hsts(headers),
        "subresource-integrity": _integrity(answer.html),
        "x-content-type-options": 0 if headers.get("x-content-type-options", "").lower() == "nosniff" else -5,
        "x-frame-options": _framing(headers, policy),
        "cross-origin-resource-policy": _resource_policy(headers),
    }


def directives(policy: str) -> dict[str, set[str]]:
    """A content security policy, read; of a directive that is there twice the first counts."""
    found: dict[str, set[str]] = {}
    for each in policy.split(";"):
        words = each.split()
        if words:
            found.setdefault(words[0].lower(), {word.lower() for word in words[1:]})
    return found


def _policy(policy: Mapping[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    script, style = policy.get("script-src", default), policy.get("style-src", default)
    objects = policy.get("object-src", default)
    passive = policy.get("img-src", default) | policy.get("media-src", default)
    active = {
        source
        for name, sources in policy.items()
        if name not in {"img-src", "media-src"}
        for source in sources
    }
    if script & (BROAD | INLINE) or objects & BROAD:
        return -20
    if _insecure(active):
        return -20
    if "'unsafe-eval'" in script | style or _insecure(passive):
        return -10
    if style & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def _insecure(sources: Iterable[str]) -> bool:
    return any(source.startswith(("http:", "ftp:")) for source in sources)


def _cookies(cookies: Iterable[Morsel[str]], has_hsts: bool) -> int:
    points = [_cookie(cookie, has_hsts) for cookie in cookies]
    return min(points) if points else 0


def _cookie(cookie: Morsel[str], has_hsts: bool) -> int:
    name = cookie.key.lower()
    is_session = "login" in name or "sess" in name
    site = str(cookie["samesite"]).lower()
    if is_session and not cookie["secure"]:
        return -10 if has_hsts else -40
    if is_session and not cookie["httponly"]:
        return -30
    if site not in {"", "lax", "strict", "none"} or (site == "none" and not cookie["secure"]):
        return -20
    if "csrf" in name and not site:
        return -20
    if not cookie["secure"]:
        return -5 if has_hsts else -20
    return 5 if site else 0


def _sharing(headers: Mapping[str, str]) -> int:
    """Only an origin that may send a visitor's cookies along costs points."""
    return -50 if headers.get("access-control-allow-credentials", "").lower() == "true" else 0


def _redirection(answer: Answer) -> int:
    if not answer.plain_http_leads_to.startswith("https://"):
        return -20
    return 0 if answer.plain_http_leads_to.startswith(f"https://{answer.host}/") else -5


def _referrer(headers: Mapping[str, str]) -> int:
    if "referrer-policy" not in headers:
        return 0
    known = PRIVATE_REFERRERS | LOOSE_REFERRERS
    said = [each.strip().lower() for each in headers["referrer-policy"].split(",")]
    last = [each for each in said if each in known][-1:]
    return 5 if last and last[0] in PRIVATE_REFERRERS else -5


def _hsts(headers: Mapping[str, str]) -> int:
    for each in headers.get("strict-transport-security", "").split(";"):
        name, _, seconds = each.strip().lower().partition("=")
        if name == "max-age" and seconds.isdecimal():
            return 0 if int(seconds) >= SIX_MONTHS else -10
    return -20


def _framing(headers: Mapping[str, str], policy: Mapping[str, set[str]]) -> int:
    if policy.get("frame-ancestors"):
        return 5
    said = headers.get("x-frame-options", "").lower()
    return 0 if said in {"deny", "sameorigin"} or said.startswith("allow-from") else -20


def _resource_policy(headers: Mapping[str, str]) -> int:
    if "cross-origin-resource-policy" not in headers:
        return 0
    said = headers["cross-origin-resource-policy"].strip().lower()
    return {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(said, -5)


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.found.append({name: value or "" for name, value in attrs})


def _integrity(html: str) -> int:
    """Scripts of our own earn the bonus with one `integrity`; one from elsewhere costs more without it."""
    reader = _Scripts()
    reader.feed(html)
    points = [_script(each) for each in reader.found if each.get("src")]
    worst = min(points, default=0)
    return worst if worst < 0 else max(points, default=0)


def _script(script: Mapping[str, Any]) -> int:
    source, has_integrity = script["src"], bool(script.get("integrity"))
    if source.startswith("https://"):
        return 5 if has_integrity else -5
    if source.startswith(("http://", "//")):
        return -20 if has_integrity else -50
    return 5 if has_integrity else 0
