"""The word index: what is written on a shelf is found by its terms, newest first, on SQLite and PostgreSQL alike."""
