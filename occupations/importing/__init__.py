"""Official files of other publishers: read, checked against what is stored, shown, and stored whole or not at all.

`files` and `headers` know the quirks of files, `wages`, `structure`, `elements` and `concordance` one official
file each, `plans` what the parts say of an import, and `running` puts them together.
"""
