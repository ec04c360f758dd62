"""The question pages' forms."""
