"""What a page's ETag must name beside the data: the words and the look, which a new release changes."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

CODE = Path(__file__).parent


@cache
def fingerprint() -> str:
    """A digest of our templates, translations, static files and page code; read once per process."""
    base = Path(settings.BASE_DIR)
    found = [
        *(base / "templates").rglob("*.html"),
        *(base / "locale").rglob("*.mo"),
        *(file for file in (base / "static").rglob("*") if file.is_file()),
        *CODE.rglob("*.py"),
    ]
    digest = sha256()
    for file in sorted(found):
        digest.update(str(file.relative_to(base)).encode())
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
