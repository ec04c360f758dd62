"""The day that tests without a clock of their own work on."""

from datetime import date

TODAY = date(2026, 11, 23)
