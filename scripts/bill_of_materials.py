"""The software bill of materials of what runs in production: `make sbom` writes `sbom.json` (CycloneDX 1.6).

The packages come from the lock file `requirements/run.txt`, with their hashes; beside them stands the one script that
is kept in the project itself. Tools of development and measuring are not part of what runs.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "run.txt"
HTMX = ROOT / "static" / "js" / "vendor" / "htmx.min.js"
BILL = ROOT / "sbom.json"


def bill() -> dict[str, Any]:
    """The bill as JSON; the same for the same lock file. Raises CalledProcessError with cyclonedx-py's words."""
    command = [
        sys.executable, "-m", "cyclonedx_py", "requirements", str(LOCK), "--pyproject", str(ROOT / "pyproject.toml"),
        "--output-reproducible", "--sv", "1.6", "--of", "JSON", "-o", "-",
    ]  # fmt: skip
    made = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 (fixed)
    found: dict[str, Any] = json.loads(made.stdout)
    found["components"].append(_htmx())
    return found


def _htmx() -> dict[str, Any]:
    content = HTMX.read_bytes()
    version = re.search(rb'version:"([0-9.]+)"', content)
    if version is None:
        raise ValueError(f"{HTMX} does not say its version; look at how it does now, and change this module.")
    number = version[1].decode()
    return {
        "type": "library",
        "bom-ref": "htmx",
        "name": "htmx.org",
        "version": number,
        "purl": f"pkg:npm/htmx.org@{number}",
        "licenses": [{"license": {"id": "0BSD"}}],
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}],
    }


def main() -> int:
    made = bill()
    BILL.write_text(json.dumps(made, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"{BILL.name}: {len(made['components'])} components.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
