"""Screens for staff, one module each."""

from eligibility.admin import effects, embedding, feedback, reference_cases

__all__ = ["effects", "embedding", "feedback", "reference_cases"]
