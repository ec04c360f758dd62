"""Exit status 0 while this container's web server answers /healthz. It asks as the proxy does: under a known name."""

from __future__ import annotations

import os
import sys
from http.client import HTTPConnection, HTTPException


def answers() -> bool:
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or "8000"), timeout=2)
    try:
        name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "127.0.0.1"
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if answers() else 1)
