"""Complaints from the first word to after the answer, in the order of ISO 10002."""
