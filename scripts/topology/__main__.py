"""`python -m scripts.topology`: run the production topology on this machine until Ctrl-C."""

from __future__ import annotations

import signal
import sys

from scripts.ending import end_on_signals
from scripts.topology.running import running


def main() -> int:
    end_on_signals()
    try:
        with running() as topology:
            for name, address in (
                ("nginx", topology.address),
                *((replica.name, replica.address) for replica in topology.replicas),
                ("PostgreSQL", f"127.0.0.1:{topology.database.port}"),
            ):
                sys.stdout.write(f"{name}: {address}\n")
            sys.stdout.write("Ctrl-C ends all of it; nothing is kept.\n")
            sys.stdout.flush()
            while True:
                signal.pause()
    except SystemExit:  # By a signal: that is how it ends.
        return 0
    except FileNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
