"""Incidents: declared, told, and suspected from what many report."""
