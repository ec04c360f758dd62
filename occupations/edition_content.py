"""Any edition as the rules read it, published or not, and the snapshot in which it decides.

The public snapshot holds published editions alone. What is made here goes to staff pages and to nobody else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from occupations import stored
from occupations.building import build_edition
from occupations.models import Edition as EditionRecord
from occupations.rulebook import Edition, PeriodInForce, Rulebook, Snapshot, Texts, UnknownEdition

KEPT = 4
"""Contents and snapshots that a process keeps, so that what is worked out of an edition is worked out once."""


@dataclass(frozen=True, slots=True)
class Content:
    """An edition as it stands now. `digest` names everything that was read, in hexadecimal."""

    edition: Edition
    state: str
    digest: str
    says: Mapping[str, Texts]
    """What it says on points of difference: D-xx -> texts."""


_contents: dict[tuple[str, str], Content] = {}
_snapshots: dict[tuple[int, str], tuple[Snapshot, Snapshot]] = {}


def content_of(slug: str) -> Content:
    """Reads the edition. Raises UnknownEdition when there is none of this name."""
    state = EditionRecord.objects.filter(slug=slug).values_list("state", flat=True).first()
    if state is None:
        raise UnknownEdition(f"There is no edition {slug!r}.")
    payload = stored.edition_rows(slug)
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(f"{state}\n{text}".encode()).hexdigest()
    found = _contents.get((slug, digest))
    if found is None:
        edition, says = build_edition(payload)
        if len(_contents) >= KEPT:
            _contents.clear()
        found = _contents[slug, digest] = Content(edition, state, digest, says)
    return found


def rulebook_of(content: Content, snapshot: Snapshot, on: date) -> Rulebook:
    """The edition with the reference tables of the snapshot."""
    return Rulebook(edition=content.edition, reference=snapshot.reference, revision=snapshot.revision, on=on)


def snapshot_with(content: Content, snapshot: Snapshot) -> Snapshot:
    """The snapshot as it would be if this edition decided on every day."""
    key = (id(snapshot), content.digest)
    kept = _snapshots.get(key)
    if kept is not None and kept[0] is snapshot:
        return kept[1]
    if len(_snapshots) >= KEPT:
        _snapshots.clear()
    slug = content.edition.slug
    differences = {
        name: replace(difference, says={**difference.says, slug: content.says[name]})
        if name in content.says
        else difference
        for name, difference in snapshot.reference.differences.items()
    }
    made = replace(
        snapshot,
        editions={**snapshot.editions, slug: content.edition},
        periods=(PeriodInForce(slug, date.min, None),),
        reference=replace(snapshot.reference, differences=differences),
    )
    _snapshots[key] = (snapshot, made)
    return made
