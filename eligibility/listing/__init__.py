"""The public lists as values: rows of the tables, what each country says of an occupation, wages, regulators.

Everything here reads a Rulebook and nothing else; `eligibility.lists` makes pages of it.
"""
