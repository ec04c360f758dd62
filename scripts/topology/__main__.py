"""`python -m scripts.topology [--standby]`: run the production topology on this machine until Ctrl-C.

`--standby` adds a streaming replica of the database, which the rules are read from.
"""

from __future__ import annotations

import signal
import sys

from scripts.ending import end_on_signals
from scripts.topology.running import running


def main() -> int:
    end_on_signals()
    try:
        with running(with_standby="--standby" in sys.argv[1:]) as topology:
            for name, address in (
                ("nginx", topology.address),
                *((replica.name, replica.address) for replica in topology.replicas),
                ("PostgreSQL", f"127.0.0.1:{topology.database.port}"),
                *([("its replica", f"127.0.0.1:{topology.standby.port}")] if topology.standby else []),
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
