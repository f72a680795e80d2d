"""Courtesy: a customer service representative, as open-source software."""
