"""Addresses of the help centre."""

from __future__ import annotations

from django.urls import path

from courtesy.knowledge import pages

urlpatterns = [
    path("", pages.front, name="help"),
    path("<str:language>/", pages.home, name="help-home"),
    path("<str:language>/<path:id>/helpful/", pages.judge, name="help-judge"),
    path("<str:language>/<path:id>/", pages.article, name="help-article"),
]
