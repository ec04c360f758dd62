"""Tables of the visitor's part. None holds an answer or an address of a visitor."""

from eligibility.models.counts import RequestCount

__all__ = ["RequestCount"]
