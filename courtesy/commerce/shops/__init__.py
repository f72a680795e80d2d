"""Shops behind the shop port, one file each."""
