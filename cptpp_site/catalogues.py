"""Whether the compiled texts of every language can be read.

A broken one would fail each page of its language. So it fails the start: a roll-out stops at the first replica.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from gettext import GNUTranslations
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def verify(folders: Iterable[Path] | None = None) -> int:
    """The number of catalogues read. Raises ImproperlyConfigured for one that is damaged."""
    number = 0
    for folder in settings.LOCALE_PATHS if folders is None else folders:
        for path in sorted(Path(folder).glob("*/LC_MESSAGES/django.mo")):
            try:
                with path.open("rb") as file:
                    GNUTranslations(file)
            except (OSError, ValueError, IndexError, struct.error) as error:
                raise ImproperlyConfigured(
                    f"The texts in {path} cannot be read ({error}). "
                    "Take the file of the release anew, or run 'make messages'."
                ) from error
            number += 1
    return number
