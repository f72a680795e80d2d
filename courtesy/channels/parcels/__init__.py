"""Parcels on their way: carriers report by the web, and customers are told before they ask."""
