"""English that was left in a page or a text of another language, by script for Japanese and by common words else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Final

_NAMES: Final = (
    "A AA API CAD CPTPP CSV CUSMA EMF ETA F22 F60 F66 F67 GATS HTML ID IRCC ISO JSON JavaScript LMIA NOC OK PDF "
    "PNP PhD R204 R205 T36 T52 TEER URL V1 Visavio WCAG eTA visavio Bank Check Entry Express Job"
)
NAMES: Final = frozenset(_NAMES.split())
"""Names and codes that stay as they are in every language."""
_ENGLISH: Final = (
    "an and answer answers are as at but by can cannot country do does for from has have here if is it job list "
    "must not of page permit rules says should that the there they this was we were what when where which who will "
    "with work would you your been"
)
ENGLISH: Final = frozenset(_ENGLISH.split())
"""Words that no French or Spanish sentence holds; those that one of them has are taken out below."""
SHARED: Final = {
    "fr": frozenset({"an", "as", "if", "page", "permit", "can", "list"}),
    "es": frozenset({"has", "he", "an", "as", "does"}),
}
JAPANESE: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
TITLES: Final = (
    "Canadian Experience Class",
    "Provincial Nominee Program",
    "Offer of Employment number",
    "Web Content Accessibility Guidelines",
    "fluent English required",
)
"""Official English names that stand beside a translation, and the words to look for in an English offer."""
LATIN_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9’'-]*")
LATIN_RUN: Final = re.compile(r"[A-Za-z][A-Za-z’'\-]+(?:[ ,]+[A-Za-z][A-Za-z’'\-]+)+")
WEB: Final = re.compile(
    r"https?://\S+|\S+@\S+|\b[\w.-]+\.(?:ca|org|com|html|csv|json|jsonl|ics)\b|[a-z0-9]+(?:-[a-z0-9]+){2,}"
)
NOT_READ: Final = frozenset({"script", "style", "code", "pre", "svg"})
VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect"})
READ_ATTRIBUTES: Final = frozenset(
    {"title", "alt", "aria-label", "placeholder", "label", "data-chosen", "data-failed"}
)


def left_in_english(text: str, language: str, known: Iterable[str] = ()) -> str:
    """What of a text is English; empty when nothing is. `known` are official names that may stand in it."""
    bare = WEB.sub(" ", text)
    for name in (*TITLES, *known):
        bare = bare.replace(name, " ")
    if language == "ja":
        if not JAPANESE.search(bare) and not set(LATIN_WORD.findall(bare)) <= NAMES:
            return bare.strip()
        runs = (run[0] for run in LATIN_RUN.finditer(bare))
        return next((run for run in runs if not set(LATIN_WORD.findall(run)) <= NAMES), "")
    found = {word.lower() for word in LATIN_WORD.findall(bare)} & (ENGLISH - SHARED[language])
    # One word may be a name; two make a sentence.
    return f"{sorted(found)} in {text!r}" if len(found) > 1 else ""


class _Reader(HTMLParser):
    """Texts of a page that a visitor reads or hears, without those that say that they are in another language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.texts: list[str] = []
        self._left: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        other = given.get("lang") not in (None, self.language)
        out = (self._left[-1] if self._left else False) or other or tag in NOT_READ
        if tag not in VOID:
            self._left.append(out)
        if not out:
            self.texts += [value for name, value in attrs if name in READ_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._left:
            self._left.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self._left and self._left[-1]):
            self.texts.append(" ".join(data.split()))


def texts_of(page: str, language: str) -> list[str]:
    reader = _Reader(language)
    reader.feed(page)
    return reader.texts


def english_on(page: str, language: str, known: Iterable[str] = ()) -> Iterator[str]:
    """Every English remainder of a page."""
    names = sorted(known, key=len, reverse=True)
    for text in texts_of(page, language):
        if found := left_in_english(text, language, names):
            yield found
