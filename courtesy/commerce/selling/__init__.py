"""Selling: what a shop that takes orders in conversation can do beside the shop port."""
