"""Understands and words text in many languages with an embedded engine."""
