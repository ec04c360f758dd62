"""Screens for staff, one module each."""

from eligibility.admin import embedding, feedback

__all__ = ["embedding", "feedback"]
