"""The embedded shop: the port's reads and deeds on Courtesy's own books."""

from courtesy.commerce.shops.embedded.counter import EmbeddedShop

__all__ = ["EmbeddedShop"]
