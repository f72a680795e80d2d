"""Parcels on their way: what carriers report, and what customers are owed to hear of it."""
