"""`python -m scripts.drills.upload ADDRESS`: send a whole official file of wages as staff do; write what became of it.

The account is made for it, in the database of DATABASE_URL, which is one of a drill.
"""

from __future__ import annotations

import json
import re
import sys
import time
import uuid
from http.client import HTTPConnection
from urllib.parse import urlsplit

import django

PAGE = "/admin/occupations/importrecord/add/?kind=wages"
SECONDS_TO_CHECK = 60
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def main(address: str) -> str:
    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from occupations.models import Upload
    from occupations.models.imports import UploadState
    from tests.occupations.importing import official
    from tests.staff import person, signed_in

    name = f"drill-{uuid.uuid4().hex[:8]}"
    client = signed_in(person(name, superuser=True))
    cookies = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    status, head, page = _asked(address, "GET", cookies)
    token = _TOKEN.search(page)
    if status != 200 or token is None:
        raise RuntimeError(f"The page for files answers {status}.")
    csrf = re.search(rf"{settings.CSRF_COOKIE_NAME}=(\w+)", head)
    fields = {
        "csrfmiddlewaretoken": token[1],
        "reason": "a drill",
        "available_from": timezone.localdate().isoformat(),
        "vintage": "2099",
    }
    table = official.wages()
    sent, kind = _multipart(fields, table.name, table.bytes())
    status, _head, page = _asked(address, "POST", f"{cookies}; csrf={csrf[1] if csrf else ''}", sent, kind)
    if status != 302:
        raise RuntimeError(f"The file of {len(sent)} bytes was answered with {status}: {page[:500]}")
    deadline = time.monotonic() + SECONDS_TO_CHECK
    while True:
        state = Upload.objects.get(owner__username=name).state
        if state != UploadState.CHECKING or time.monotonic() > deadline:
            return str(state)
        time.sleep(0.5)


def _asked(
    address: str, method: str, cookies: str, body: bytes | None = None, kind: str = ""
) -> tuple[int, str, str]:
    """Status, head and body."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"Cookie": cookies, **({"Content-Type": kind, "Origin": address} if body else {})}
    connection.request(method, PAGE, body, headers)
    reply = connection.getresponse()
    return reply.status, str(reply.headers), reply.read().decode()


def _multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="sent"; filename="{name}"\r\n\r\n'.encode()
    return b"".join(
        [*parts, head, content, f"\r\n--{mark}--\r\n".encode()]
    ), f"multipart/form-data; boundary={mark}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])))
