"""The HTTP API under /api/v1/ and its OpenAPI document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from ninja import NinjaAPI

from courtesy.channels.chat.api import TooOften
from courtesy.channels.chat.api import router as chat
from courtesy.channels.chat.files import router as chat_files
from courtesy.channels.chat.origins import open_to_origins

api = NinjaAPI(
    title="Courtesy",
    version="1",
    description="Talk with a customer service representative from a page, an app or a machine of your own.",
    docs_url=None,  # the usual page loads its scripts from another host; docs/reference/chat-api.md says it all
    openapi_url="/openapi.json",
    urls_namespace="api",
    openapi_extra={
        "components": {
            "securitySchemes": {
                "conversation": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The secret that opening the conversation gave, or ?secret= without headers.",
                }
            }
        }
    },
)
api.add_router("/chat", chat)
api.add_router("/chat", chat_files)


@api.exception_handler(TooOften)
def _too_often(request: HttpRequest, refused: TooOften) -> HttpResponse:
    response = api.create_response(request, {"detail": refused.message}, status=429)
    response.headers["Retry-After"] = str(refused.seconds)
    return response


def _open(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLResolver):
        return pattern
    return URLPattern(pattern.pattern, open_to_origins(pattern.callback), pattern.default_args, pattern.name)


def _not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    return HttpResponse('{"detail": "Not found"}', status=404, content_type="application/json")


_patterns, _app, _namespace = api.urls
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include(([_open(pattern) for pattern in _patterns], _app), namespace=_namespace)),
    path("api/v1/<path:rest>", _not_found),
]
