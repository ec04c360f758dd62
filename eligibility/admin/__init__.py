"""Screens for staff, one module each."""

from eligibility.admin import effects, embedding, feedback, guide_texts, reference_cases

__all__ = ["effects", "embedding", "feedback", "guide_texts", "reference_cases"]
