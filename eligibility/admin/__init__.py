"""Screens for staff, one module each."""

from eligibility.admin import embedding, feedback, reference_cases

__all__ = ["embedding", "feedback", "reference_cases"]
