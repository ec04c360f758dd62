"""Screens for staff, one module each."""

from eligibility.admin import embedding

__all__ = ["embedding"]
