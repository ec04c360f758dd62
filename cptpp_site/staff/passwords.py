"""Words that somebody who knows the site would try first."""

from __future__ import annotations

import re
from typing import Final

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS: Final = (
    "cptpp",
    "check",
    "canada",
    "permit",
    "visa",
    "ircc",
    "staff",
    "admin",
    "password",
    "visavio",
    "t52",
)
FEWEST_LEFT: Final = 8
"""Signs that must be left without those words, digits and punctuation."""
_TAKEN_AWAY = re.compile(rf"{'|'.join(WORDS)}|[\W\d_]", re.IGNORECASE)


class ContextWordsValidator:
    """Refuses a password that is little more than words of this site. They may stand in a longer one."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError."""
        has_word = any(word in password.lower() for word in WORDS)
        if has_word and len(_TAKEN_AWAY.sub("", password)) < FEWEST_LEFT:
            raise ValidationError(
                _("This password is little more than words that belong to this site. Add words of your own."),
                code="password_of_context_words",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t be little more than words of this site, such as its name.")
