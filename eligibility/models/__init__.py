"""Tables of the visitor's part. None holds an answer or an address of a visitor."""

from eligibility.models.counts import RequestCount
from eligibility.models.embedding import EmbeddingSite
from eligibility.models.feedback import Feedback

__all__ = ["EmbeddingSite", "Feedback", "RequestCount"]
