"""Live chat: an HTTP API with server-sent events, a widget and a hosted page."""
