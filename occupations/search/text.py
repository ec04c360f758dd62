"""How a title or a query becomes words that compare: case, accents, width, plurals, Japanese.

The same functions serve the index and the query, so a rule applied here is tolerated on both sides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_COMBINING_MARKS = re.compile("[\u0300-\u036f]")
"""Latin accents only: the voicing marks of kana (U+3099, U+309A) tell words apart and stay."""

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_SMALL_TO_LARGE_KANA = dict(zip(map(ord, "ァィゥェォッャュョヮ"), "アイウエオツヤユヨワ", strict=True))

_UNWRITTEN = {ord("ー"): None, ord("・"): None}
"""Long-vowel mark and middle dot: writers leave them out as they please."""

_CJK = "\u3005\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ENDS_IN_CJK = re.compile(rf"[{_CJK}]+$")
_LONGEST_ENDING = 8
_WORD = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_CJK_ONLY = re.compile(rf"[{_CJK}]+")

_ENGLISH_STOPS = "a an and the of in for to with at s"
_FRENCH_STOPS = "de la le les des du d l en et au aux ou pour par sur un une dans"
_SPANISH_STOPS = "del el los las y para con por una"
STOP_WORDS = frozenset(" ".join((_ENGLISH_STOPS, _FRENCH_STOPS, _SPANISH_STOPS)).split())
"""Words that tell no titles apart. "by", "it", "on" and "or" are not among them: "IT", "by-law" are."""

_EXCEPTION = re.compile(
    r"\((?:except|excluding|other than|sauf|autre que|excepto)[^)]*\)?|[(（][^()（）]*を除く[)）]?",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\s*(?:i\s?['’]?\s?a?m|i work as|je suis|soy|trabajo como)\s", re.IGNORECASE)
"""How people begin a sentence about themselves."""
_CONTEXT = re.compile(r"\s[-–—]\s|\s?\(")


def fold(text: str) -> str:
    """The text without case, accents, width and kana variants; letters of every script are kept."""
    wide = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    bare = _COMBINING_MARKS.sub("", unicodedata.normalize("NFD", wide))
    kana = unicodedata.normalize("NFC", bare).translate(_UNWRITTEN).translate(_HIRAGANA_TO_KATAKANA)
    return kana.translate(_SMALL_TO_LARGE_KANA)


def is_cjk(word: str) -> bool:
    """Whether the word is written in kanji or kana, and so has no blanks to divide it."""
    return _CJK_ONLY.fullmatch(word) is not None


def words_it_ends_in(folded: str) -> Iterator[str]:
    """Shorter and shorter endings of a folded text in kanji or kana, of eight characters down to two."""
    found = _ENDS_IN_CJK.search(folded.strip())
    run = found[0] if found else ""
    for length in range(min(len(run) - 1, _LONGEST_ENDING), 1, -1):
        yield run[-length:]


def words(folded: str) -> list[str]:
    """The words of a folded text in order; a run of Japanese becomes its overlapping pairs of characters."""
    found: list[str] = []
    for run in _WORD.findall(folded):
        if len(run) > 2 and is_cjk(run):
            found.extend(run[start : start + 2] for start in range(len(run) - 1))
        else:
            found.append(run)
    return found


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The word without a plural ending of English, French or Spanish; both sides lose the same letters."""
    if len(word) <= 3 or not word.endswith(("s", "x")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith(("ss", "us", "is", "x")):
        return word
    return word[:-1]


_ENGLISH_ENDINGS = "ations ation ators ator ings ing ments ment ers er ors or ists ist ed"
_ROMANCE_ENDINGS = "rice euse eur iere ier ico ica es e y o a"
_SUFFIXES = tuple(f"{_ENGLISH_ENDINGS} {_ROMANCE_ENDINGS}".split())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A shorter form shared by relatives (welder, welding); at least four letters are kept."""
    for suffix in _SUFFIXES:
        if len(word) - len(suffix) >= 4 and word.endswith(suffix):
            return word[: -len(suffix)]
    return word


@dataclass(frozen=True, slots=True)
class TitleWords:
    """A title taken apart. `head` says what the job is, `context` where (after " - " or in brackets)."""

    head: tuple[str, ...]
    context: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    """Words of the same meaning that the title joins with "/": (masculine, feminine)."""


def _aligned(left: str, right: str) -> bool:
    """Whether two words look like the masculine and feminine of one word, or are the same."""
    if left == right:
        return True
    shared = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        shared += 1
    return shared >= 3 or shared >= min(len(left), len(right)) - 1 > 0


def _pair_length(left: list[str], right: list[str]) -> int:
    """How many words before the slash have their counterpart after it; 0 when none do."""
    for count in range(1, min(len(left), len(right), 5) + 1):
        if all(map(_aligned, left[-count:], right[:count])):
            return count
    return 0


def _join_pairs(part: str, pairs: list[tuple[str, str]]) -> list[str]:
    """Words of a part of a title, masculine forms alone; what the slash pairs goes to `pairs`."""
    joined: list[str] = []
    for segment in part.split("/"):
        right = words(segment)
        if not joined or not right:
            joined.extend(right)
        elif right[0] in ("woman", "women") and joined[-1].endswith(("man", "men")):
            pairs.append((joined[-1], joined[-1][:-3] + right[0]))
            joined.extend(right[1:])
        else:
            count = _pair_length(joined, right)
            pairs.extend(zip(joined[len(joined) - count :], right[:count], strict=True))
            joined.extend(right[count:])
    return joined


def _meaningful(found: list[str]) -> Iterator[str]:
    return (word for word in found if word not in STOP_WORDS)


def title_words(title: str) -> TitleWords:
    """The words of a title. What a title names as its exception is left out: it belongs elsewhere."""
    pairs: list[tuple[str, str]] = []
    head, *rest = _CONTEXT.split(_EXCEPTION.sub(" ", title), maxsplit=1)
    inside = tuple(_meaningful(_join_pairs(fold(head), pairs)))
    around = tuple(_meaningful(_join_pairs(fold(rest[0]), pairs))) if rest else ()
    return TitleWords(inside, around, tuple(pair for pair in pairs if pair[0] != pair[1]))


def query_words(query: str) -> list[str]:
    """The words a visitor typed, in order, without stop words, named exceptions and feminines after "/"."""
    opening = _OPENING.match(query)
    said = query[opening.end() :] if opening else query
    return list(_meaningful(_join_pairs(fold(_EXCEPTION.sub(" ", said)), [])))
