"""Addresses of the withdrawal function."""

from __future__ import annotations

from django.urls import path

from courtesy.channels.withdrawal import pages

urlpatterns = [
    path("", pages.ask, name="withdraw"),
    path("confirm/", pages.confirm, name="withdraw-confirm"),
    path("received/<str:receipt>/", pages.received, name="withdraw-received"),
]
