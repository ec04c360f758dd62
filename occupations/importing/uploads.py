"""Files that came by a page: kept in the database until they are confirmed, looked at and stored in a thread.

They lie in the database, not on a disk, so that any web process can go on with them. Each has a key that cannot be
guessed and serves nobody but its owner. Progress is written over a connection of its own, because the work itself is
one transaction that shows nothing until it ends.
"""

from __future__ import annotations

import logging
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    close_old_connections,
    connection,
    connections,
    transaction,
)
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from occupations.importing import running
from occupations.importing.files import Progress, SourceFile
from occupations.importing.plans import Report
from occupations.importing.problems import SHOWN, FileRefused, Flaw
from occupations.models import Upload, UploadedFile
from occupations.models.imports import UploadState
from occupations.publishing import refusal_of

logger = logging.getLogger(__name__)

KEPT = timedelta(hours=24)
SILENT = timedelta(minutes=5)
"""A job that has given no sign of work for so long has died with its process."""
SECONDS_BETWEEN_SIGNS = 0.5
WORKING = (UploadState.CHECKING, UploadState.STORING)


def receive(
    owner: User, kind: str, files: Iterable[SourceFile], reason: str, options: Mapping[str, Any]
) -> Upload:
    """Keep the files and begin to look at them."""
    Upload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    with transaction.atomic():
        upload = Upload.objects.create(owner=owner, kind=kind, reason=reason, options=dict(options))
        for file in files:
            UploadedFile.objects.create(
                upload=upload, name=file.name[-200:], content=zlib.compress(file.content)
            )
    _begin(upload, _look)
    upload.refresh_from_db()
    return upload


def confirm(upload: Upload) -> bool:
    """Begin to store what was looked at. False when it is not waiting for that (any more)."""
    begun = Upload.objects.filter(pk=upload.pk, state=UploadState.CHECKED).update(
        state=UploadState.STORING, done=0, seen_working_at=timezone.now()
    )
    if begun:
        _begin(upload, _store)
    upload.refresh_from_db()
    return bool(begun)


def give_up(upload: Upload) -> bool:
    """Delete an upload with its files; False while it is being worked on."""
    deleted, _rows = Upload.objects.filter(pk=upload.pk).exclude(state__in=WORKING).delete()
    return bool(deleted)


def current(upload: Upload) -> Upload:
    """The upload as it stands; one whose process has died is marked as failed, and nothing was stored."""
    silent = Upload.objects.filter(
        pk=upload.pk, state__in=WORKING, seen_working_at__lt=timezone.now() - SILENT
    )
    silent.update(state=UploadState.FAILED, flaws=[{"place": "", "sentence": _interrupted()}])
    upload.refresh_from_db()
    return upload


def _interrupted() -> str:
    return _("The work was interrupted, so nothing was changed. Send the files again.")


Work = Callable[[Upload, Progress], None]


def _begin(upload: Upload, work: Work) -> None:
    """In a thread of its own; tests set IMPORTS_IN_BACKGROUND to False and wait."""
    language = translation.get_language()
    if getattr(settings, "IMPORTS_IN_BACKGROUND", True):
        thread = threading.Thread(
            target=_in_thread, args=(upload.pk, work, language), name="import", daemon=True
        )
        transaction.on_commit(thread.start)
    else:
        _carefully(upload, work, lambda done, total: None)


def _in_thread(key: Any, work: Work, language: str | None) -> None:
    with translation.override(language):
        try:
            upload = Upload.objects.get(pk=key)
            _carefully(upload, work, _Signs(upload))
        except Exception:
            logger.exception("An import could not be recorded.")
        finally:
            close_old_connections()
            connection.close()


class _Signs:
    """Progress, written over another connection than that of the work, at most twice a second."""

    def __init__(self, upload: Upload) -> None:
        self.key = upload.pk
        self.last = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.last < SECONDS_BETWEEN_SIGNS and done < total:
            return
        self.last = time.monotonic()
        own = connections.create_connection(DEFAULT_DB_ALIAS)
        try:
            with own.cursor() as cursor:
                cursor.execute(
                    "UPDATE occupations_upload SET done = %s, total = %s, seen_working_at = now() WHERE id = %s",
                    [done, total, self.key],
                )
        finally:
            own.close()


def _carefully(upload: Upload, work: Work, progress: Progress) -> None:
    """Do the work; whatever goes wrong ends in a state with a sentence, and with nothing stored."""
    try:
        work(upload, progress)
    except FileRefused as refused:
        _end(upload, UploadState.REFUSED, refused.flaws)
    except running.ChangedSinceChecked as changed:
        _end(upload, UploadState.FAILED, [Flaw("", str(changed))])
    except DatabaseError as error:
        logger.warning("An import failed: %s", error)
        _end(upload, UploadState.FAILED, [Flaw("", refusal_of(error))])
    except Exception:
        logger.exception("An import failed.")
        _end(upload, UploadState.FAILED, [Flaw("", _unexpected())])


def _unexpected() -> str:
    return _("Something unexpected went wrong, so nothing was changed. The log of the site says what.")


def _end(upload: Upload, state: UploadState, flaws: Iterable[Flaw]) -> None:
    said = list(flaws)
    shown = [{"place": flaw.place, "sentence": flaw.sentence} for flaw in said[:SHOWN]]
    if len(said) > SHOWN:
        more = _("There are %(count)s more like these.") % {"count": len(said) - SHOWN}
        shown.append({"place": "", "sentence": more})
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(state=state, flaws=shown)
        UploadedFile.objects.filter(upload=upload).delete()


def _files(upload: Upload) -> list[SourceFile]:
    return [SourceFile(file.name, zlib.decompress(bytes(file.content))) for file in upload.files.all()]


def _look(upload: Upload, progress: Progress) -> None:
    report = running.check(upload.kind, _files(upload), upload.options, progress)
    Upload.objects.filter(pk=upload.pk, state=UploadState.CHECKING).update(
        state=UploadState.CHECKED, report=report.as_json(), digest=report.digest()
    )


def _store(upload: Upload, progress: Progress) -> None:
    with transaction.atomic():
        report: Report = running.store(
            upload.kind,
            _files(upload),
            upload.options,
            who=upload.owner.get_username(),
            reason=upload.reason,
            account=upload.owner,
            confirmed=upload.digest,
            progress=progress,
        )
        UploadedFile.objects.filter(upload=upload).delete()
        kept = Upload.objects.filter(pk=upload.pk, state=UploadState.STORING).update(
            state=UploadState.STORED, report=report.as_json()
        )
        if not kept:
            # Somebody was told that it failed; then it must not have happened.
            raise running.ChangedSinceChecked(_interrupted())
