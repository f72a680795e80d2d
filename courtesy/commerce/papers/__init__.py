"""Papers the shop makes: invoices and return labels, as PDF in any script."""
