"""Kinds of system that a connection may reach, each behind ``port.System``."""
