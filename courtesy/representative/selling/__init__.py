"""Selling in conversation: finding, comparing and recommending goods, taking orders, telling of delays."""
