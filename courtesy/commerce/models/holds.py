"""Pieces that are kept for somebody who is being asked whether to order them."""

from __future__ import annotations

from django.db import models

from courtesy.commerce.models.catalogue import Variant


class Hold(models.Model):
    """Pieces of a variant at one place that nobody else is sold until the hold ends. It ends by itself."""

    held_by = models.CharField(max_length=80)
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="holds")
    place = models.CharField(max_length=80)
    pieces = models.PositiveIntegerField()
    until = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("held_by", "variant", "place"), name="hold_once"),)
        indexes = (models.Index(fields=("variant", "until"), name="hold_of_variant"),)

    def __str__(self) -> str:
        return f"{self.pieces} × {self.variant_id} at {self.place} until {self.until}"
