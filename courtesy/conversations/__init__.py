"""Conversations, cases, promises, documents and the journal; who holds them now."""
