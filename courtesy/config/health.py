"""``/healthz`` (alive), ``/readyz`` (fit for work) and ``/metrics`` (figures for Prometheus)."""

from __future__ import annotations

import hmac
import ipaddress

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from courtesy.config import figures, running
from courtesy.config.environment import read

figures.register(REGISTRY)


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of anything else, so that a slow database does not get it restarted."""
    return JsonResponse({"alive": True})


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Asks database, queue, owed work, pack and mail doors. Before they run, and after they stopped: not ready."""
    fit, parts = running.look()
    fit = fit and bool(parts)
    return JsonResponse({"ready": fit, "parts": parts}, status=200 if fit else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_read_figures(request):
        return HttpResponse(
            "Figures are for this machine only, or for who has the token.\n", status=403, content_type="text/plain"
        )
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _may_read_figures(request: HttpRequest) -> bool:
    """With a token set, only the token counts. Without one: a direct visitor from this machine, not a proxy's."""
    if token := read("COURTESY_METRICS_TOKEN"):
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
