"""Judges a deed against the pack and the customer's rights; runs approvals."""
