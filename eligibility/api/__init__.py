"""The public API, version 1: the same engine and the same words as the pages and the `assess` command.

`views` only routes; `reading` reads bodies, `found` makes the JSON of reads, `problems` that of errors, `schemas` and
`document` describe it all. Why it is as it is: docs/decisions/0012-api.md.
"""
