"""What staff type while they sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _


class PasswordForm(AdminAuthenticationForm):
    """The first step. One sentence for every mistake, so that nobody learns which accounts exist."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "This name and this password do not open the staff pages. Capital letters matter."
        ),
    }


if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


def code_field(help_text: _StrOrPromise) -> forms.CharField:
    field = forms.CharField(label=_("Code"), max_length=20, help_text=help_text)
    field.widget.attrs |= {
        "autocomplete": "one-time-code",
        "autocapitalize": "none",
        "spellcheck": "false",
        "autofocus": True,
    }
    return field


class CodeForm(forms.Form):
    """The second step: six digits, or a recovery code."""

    code = code_field(_("The six digits that your telephone shows, or one of your recovery codes."))


class SetUpForm(forms.Form):
    """The first code of a new telephone."""

    code = code_field(_("The six digits that your telephone shows now."))


class ReplaceForm(SetUpForm):
    """The first code of another telephone, and the password, so that an open screen is not enough."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["password", "code"]
