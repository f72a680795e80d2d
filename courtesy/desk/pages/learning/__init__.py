"""Pages on which people teach the representative: a message, proposals, and what nobody could answer."""
