"""Catalogue, orders, returns, refunds and invoices behind one shop port; every deed done once."""
