"""Lists of ours as spreadsheets: out of the tables and in again, by django-import-export.

`lists` says which tables and how a row is found again, `cells` how a value is written, `sheets` reads and writes
files, `resources` joins them to django-import-export, and `plan` makes an import of `occupations.importing` of it.
"""
