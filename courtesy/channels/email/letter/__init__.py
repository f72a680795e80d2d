"""A mail as it is written: from bytes to words, without database or network."""
