"""The made shop of the sample company: catalogue, people and orders, the same for the same seed and day."""
