"""Live chat: the API, the open stream, the hosted page and the widget."""
