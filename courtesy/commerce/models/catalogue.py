"""What the shop sells, and how many pieces lie where."""

from __future__ import annotations

from django.db import models

from courtesy.commerce.models.columns import amount


class Product(models.Model):
    """A product; its variants are what can be bought. ``tax_rate`` is per cent, included in prices."""

    id = models.CharField(primary_key=True, max_length=80)
    name = models.CharField(max_length=200)
    names = models.JSONField(default=dict, blank=True)  # language → name
    category = models.CharField(max_length=80, default="", blank=True)
    description = models.JSONField(default=dict, blank=True)  # language → text
    returnable = models.BooleanField(default=True)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("category",), name="product_category"),)

    def __str__(self) -> str:
        return self.name


class Variant(models.Model):
    """One thing that can be bought. ``options`` are pairs in the order in which people read them."""

    sku = models.CharField(primary_key=True, max_length=80)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    position = models.PositiveIntegerField(default=0)  # the order in which variants are listed
    options = models.JSONField(default=list, blank=True)
    price = amount()
    currency = models.CharField(max_length=3)
    available = models.BooleanField(default=True)  # False: not sold at all now, whatever the stock

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(price__gte=0), name="variant_price_not_negative"),)

    def __str__(self) -> str:
        return self.sku


class Stock(models.Model):
    """Pieces of a variant at one place: "online" or a store. A variant without any row is not counted."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="stock")
    place = models.CharField(max_length=80)
    pieces = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("variant", "place"), name="stock_place_once"),
            models.CheckConstraint(condition=models.Q(pieces__gte=0), name="stock_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.variant_id} at {self.place}: {self.pieces}"
