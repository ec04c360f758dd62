"""What is wrong with a page's source: parse errors of HTML5, and marks that point nowhere."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
from html5lib import constants

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "form", "list")
LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}
MANY_OF_A_NAME = {"radio", "checkbox"}


def complaints(html: str) -> list[str]:
    """Sentences that say what is wrong; none for a valid page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    found = [
        f"Line {line}: {constants.E[code] % data} ({code})" for (line, _column), code, data in parser.errors
    ]
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    return [
        *found,
        *_twice(elements),
        *_nowhere(elements),
        *_unlabelled(elements),
        *_outline(elements),
        *_frame(tree, elements),
        *_nested(tree),
    ]


def _twice(elements: list[Element]) -> list[str]:
    counted = Counter(one.get("id") for one in elements if one.get("id") is not None)
    return [f"The id {name!r} is given {times} times." for name, times in counted.items() if times > 1]


def _nowhere(elements: list[Element]) -> list[str]:
    ids = {one.get("id") for one in elements}
    pointing = [
        (attribute, name)
        for one in elements
        for attribute in REFERENCES
        for name in one.get(attribute, "").split()
    ]
    pointing += [
        ("href", one.get("href", "")[1:])
        for one in elements
        if one.tag == "a" and one.get("href", "").startswith("#")
    ]
    return [f"{attribute}={name!r} points to no element." for attribute, name in pointing if name not in ids]


def _unlabelled(elements: list[Element]) -> list[str]:
    named = {one.get("for") for one in elements if one.tag == "label"}
    fields = [one for one in elements if one.tag in LABELLED and one.get("type") not in NEEDS_NO_LABEL]
    return [
        f"The field {one.get('name')!r} has no label."
        for one in fields
        if one.get("id") not in named and not one.get("aria-label")
    ]


def _outline(elements: list[Element]) -> list[str]:
    """One h1, and no level left out on the way down."""
    levels = [int(one.tag[1]) for one in elements if one.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    found = [] if levels.count(1) == 1 else [f"There are {levels.count(1)} headings of level 1."]
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    return found + [f"A heading of level {after} follows one of level {before}." for before, after in jumps]


def _frame(tree: Element, elements: list[Element]) -> list[str]:
    found = []
    title = tree.findtext("head/title") or ""
    if not title.strip() or "\n" in title:
        found.append(f"The title is {title!r}.")
    if not tree.get("lang"):
        found.append("The page does not say its language.")
    if sum(one.tag == "main" for one in elements) != 1:
        found.append("There is not exactly one main.")
    found += [
        f"<{one.tag}> has an empty href." for one in elements if one.tag == "link" and not one.get("href")
    ]
    return found


_PHRASING_ONLY = {
    "p",
    "span",
    "label",
    "legend",
    "button",
    "summary",
    "h1",
    "h2",
    "h3",
    "dt",
    "strong",
    "small",
}
_FLOW = {"div", "p", "ul", "ol", "dl", "form", "fieldset", "section", "table", "details", "header", "nav"}
_INTERACTIVE = {"a", "button", "input", "select", "textarea", "details"}
_CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"div", "dt", "dd"}, "select": {"option", "optgroup", "hr"}}


def _nested(tree: Element) -> list[str]:
    """Elements where HTML's content model does not allow them, which a parser accepts."""
    found = []
    for parent in tree.iter():
        inside = {one.tag for one in parent.iter() if one is not parent}
        children = {one.tag for one in parent if isinstance(one.tag, str)}
        if parent.tag in _PHRASING_ONLY and (wrong := inside & _FLOW):
            found.append(f"<{parent.tag}> contains {sorted(wrong)}.")
        if parent.tag in {"a", "button"} and (wrong := inside & _INTERACTIVE):
            found.append(f"<{parent.tag}> contains {sorted(wrong)}.")
        if parent.tag in _CHILDREN and (wrong := children - _CHILDREN[parent.tag]):
            found.append(f"<{parent.tag}> has the children {sorted(wrong)}.")
    return found
