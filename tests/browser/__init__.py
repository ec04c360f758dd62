"""Whole journeys in a real browser, and what holds for every page in every state."""
