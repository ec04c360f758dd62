"""Django's generic classes, with and without their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
    AnyForm = forms.ModelForm[Any]
    AnyInline = admin.StackedInline[Any, Any]
else:
    AnyAdmin = admin.ModelAdmin
    AnyForm = forms.ModelForm
    AnyInline = admin.StackedInline
