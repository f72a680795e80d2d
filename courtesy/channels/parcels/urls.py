"""Addresses to which carriers report."""

from __future__ import annotations

from django.urls import path

from courtesy.channels.parcels import pages

urlpatterns = [path("<slug:carrier>/", pages.take_events, name="parcel-events")]
