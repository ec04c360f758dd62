"""The policy: pure Python, no Django, no database. Reads only `occupations.rulebook`."""
