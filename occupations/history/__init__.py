"""The history of everything that staff keep: who changed what, when and why, with before and after.

    with acting(user, "IRCC changed its page of 3 October"):
        ...                                   # every change in here is theirs, for that reason
    with because("Correct a typing error"):   # adds a reason to whoever is acting
        ...

Triggers of the database write it, so raw SQL and imports are in it too; without `acting` a change shows the
database's role instead of a name. `tables` says what is followed, `reading` and `words` show it.
"""

from occupations.history.context import acting, add_reason, because

__all__ = ["acting", "add_reason", "because"]
