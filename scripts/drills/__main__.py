"""`python -m scripts.drills [--full] [NAME ...]`: make faults on the production topology and tell what came of them.

The exit status is 0 when every drill showed what docs/operation.md promises. `--full` is the long form: the database is
away for 30 seconds instead of 6.
"""

from __future__ import annotations

import argparse
import os
import sys

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cptpp_site.settings")
    os.environ.setdefault("SITE_MODE", "local")
    django.setup()
    from scripts.drills.faults import DRILLS
    from scripts.drills.found import Found
    from scripts.drills.replica import WITH_STANDBY
    from scripts.ending import end_on_signals
    from scripts.topology.running import running

    known = {**DRILLS, **WITH_STANDBY}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}; all when left out")
    parser.add_argument("--full", action="store_true", help="the long form")
    options = parser.parse_args()
    chosen = options.names or list(known)
    if unknown := set(chosen) - set(known):
        parser.error(f"There is no drill {', '.join(sorted(unknown))}.")
    end_on_signals()
    found: list[Found] = []
    try:
        for drills in (DRILLS, WITH_STANDBY):
            if not (asked := [name for name in chosen if name in drills]):
                continue
            with running(with_standby=drills is WITH_STANDBY) as topology:
                for name in asked:
                    found.append(drills[name](topology, options.full))
                    sys.stdout.write(f"{found[-1]}\n")
                    sys.stdout.flush()
    except FileNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0 if all(each.is_good for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
