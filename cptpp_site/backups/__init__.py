"""Backups of the database: made, put back and compared (docs/operation.md tells when and how)."""
