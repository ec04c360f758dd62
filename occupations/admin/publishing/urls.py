"""Addresses of these pages, under /admin/publishing/."""

from django.urls import path

from occupations.admin.publishing import compare, views

app_name = "publishing"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("compare/", compare.compare_page, name="compare"),
    path("edition/<slug:slug>/", views.edition_page, name="edition"),
    path("edition/<slug:slug>/<slug:name>/", views.take_step, name="step"),
]
