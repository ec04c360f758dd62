"""French as written in Canada: a date in a field is year-month-day; day/month/year is still understood."""

from __future__ import annotations

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
