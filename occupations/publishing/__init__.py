"""Publishing editions and deciding when each of them is in force.

`flow` holds what people do: submit, approve, return, publish, withdraw; `checklist` what must be in order first;
`periods` when an edition decides; `states` the bare steps. The database refuses what is not allowed, and every
refusal comes as `Refused`, whose text is a sentence.
"""

from occupations.publishing.flow import (
    approve_edition,
    publish_edition,
    return_edition,
    submit_edition,
    withdraw_edition,
)
from occupations.publishing.periods import put_in_force, withdraw_from_force
from occupations.publishing.refusals import OF_ITS_EDITION, Refused, explained, refusal_of
from occupations.publishing.states import publish, return_to_draft, send_to_review, withdraw

__all__ = [
    "OF_ITS_EDITION",
    "Refused",
    "approve_edition",
    "explained",
    "publish",
    "publish_edition",
    "put_in_force",
    "refusal_of",
    "return_edition",
    "return_to_draft",
    "send_to_review",
    "submit_edition",
    "withdraw",
    "withdraw_edition",
    "withdraw_from_force",
]
