"""Carriers report parcels by the web: the signature is checked over the bytes, the bytes are kept, then answered."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from courtesy.commerce.parcels import events
from courtesy.commerce.parcels.reading import TABLE, codes_of
from courtesy.pack import editions

HEADER = "X-Courtesy-Signature"
LARGEST = 2 * 1024 * 1024  # bytes in one delivery of events


@csrf_exempt
@require_POST
def take_events(request: HttpRequest, carrier: str) -> JsonResponse:
    """200 once every event is kept, readable or not: what cannot be read is looked at by a person, not sent again."""
    try:
        raw = request.body if int(request.headers.get("Content-Length") or 0) <= LARGEST else None
    except (RequestDataTooBig, ValueError):
        raw = None
    if raw is None or len(raw) > LARGEST:
        return JsonResponse({"detail": f"at most {LARGEST} bytes at once"}, status=413)
    if not is_signed(raw, carrier, request.headers.get(HEADER, "")):
        return JsonResponse({"detail": "the signature does not fit"}, status=403)
    at = timezone.now()
    codes = codes_of(editions.in_force(at).tables.get(TABLE, ()))
    return JsonResponse({"events": events.take_in(raw, carrier, codes, at)})


def is_signed(raw: bytes, carrier: str, given: str) -> bool:
    """Whether ``given`` is "sha256=" and the HMAC-SHA256 of the bytes in hex, with this carrier's own key."""
    key = settings.COURTESY_CARRIER_KEYS.get(carrier, "")
    signed = hmac.new(key.encode(), raw, sha256).hexdigest()
    fits = hmac.compare_digest(f"sha256={signed}".encode(), given.strip().encode("utf-8", "replace"))
    return fits and bool(key)
