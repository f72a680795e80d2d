"""Which room answers which address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from courtesy.config import api, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/help/")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("desk/", include("courtesy.desk.urls")),
    path("help/", include("courtesy.knowledge.urls")),
    path("", include("courtesy.channels.chat.urls")),
    path("hooks/parcels/", include("courtesy.channels.parcels.urls")),
    path("withdraw/", include("courtesy.channels.withdrawal.urls")),
    *api.urlpatterns,
]
