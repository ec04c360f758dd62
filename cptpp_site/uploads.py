"""How much anybody may send as files: staff what an import needs, visitors next to nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_OF_STAFF = 130 * 1024 * 1024
"""Bytes of a request: the four files of a classification and room to spare."""
MOST_OF_VISITORS = 1024 * 1024


class CappedUploads(FileUploadHandler):
    """Refuses a request that says it is larger, before anything of it is read or kept."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Raises RequestDataTooBig, which Django answers with 400."""
        path = self.request.path_info if self.request is not None else ""
        most = MOST_OF_STAFF if path.startswith(settings.STAFF_PATH) else MOST_OF_VISITORS
        if content_length > most:
            raise RequestDataTooBig(f"The request has {content_length} bytes; {most} are accepted here.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
