"""Addresses of the chat's pages; the API's stand in ``config/api.py``."""

from __future__ import annotations

from django.urls import path

from courtesy.channels.chat import pages

urlpatterns = [
    path("chat/widget.js", pages.widget, name="chat-widget"),
    path("chat/", pages.page, name="chat"),
    path("chat/embed/", pages.embed, name="chat-embed"),
    path("chat/theme.css", pages.theme, name="chat-theme"),
    path("chat/assets/<str:edition>/<str:name>", pages.asset, name="chat-asset"),
]
