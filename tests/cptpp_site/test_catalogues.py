"""A damaged catalogue of texts stops the start, not the visitor."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cptpp_site import catalogues


def test_the_shipped_catalogues_can_be_read() -> None:
    assert catalogues.verify() >= len(settings.LANGUAGES) - 1


@pytest.mark.parametrize("content", [b"", b"not a catalogue at all, but long enough", "half"])
def test_a_damaged_catalogue_is_named(tmp_path: Path, content: bytes | str) -> None:
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    if isinstance(content, str):
        whole = (Path(settings.LOCALE_PATHS[0]) / "fr" / "LC_MESSAGES" / "django.mo").read_bytes()
        content = whole[: len(whole) // 2]
    path.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match="fr/LC_MESSAGES/django"):
        catalogues.verify([tmp_path])
