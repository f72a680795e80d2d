"""Appointments in conversation: asking for a time, finding a booking, doing what was agreed, telling what is due."""
