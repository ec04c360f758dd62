"""Tables of the visitor's part. None holds an address of a visitor; answers only where staff keep a reference case."""

from eligibility.models.counts import DailyCount, RequestCount
from eligibility.models.embedding import EmbeddingSite
from eligibility.models.feedback import Feedback
from eligibility.models.reference_cases import ReferenceCase

__all__ = ["DailyCount", "EmbeddingSite", "Feedback", "ReferenceCase", "RequestCount"]
