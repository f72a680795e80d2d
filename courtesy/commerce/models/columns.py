"""Columns that several books share: amounts, postal addresses, and the form in which keys are compared."""

from __future__ import annotations

from typing import Any

from django.db import models

from courtesy.commerce.port import PostalAddress


def compared(written: str) -> str:
    """How an id or number is compared: case, blanks and a leading '#' do not matter."""
    return "".join(written.split()).casefold().removeprefix("#")


def compared_name(written: str) -> str:
    """How a person's name is compared: case and doubled blanks do not matter."""
    return " ".join(written.split()).casefold()


def amount(**more: Any) -> models.DecimalField[Any, Any]:
    """An amount of money in the row's currency; three digits after the point serve the dinars."""
    return models.DecimalField(max_digits=15, decimal_places=3, **more)


class Addressed(models.Model):
    """A row that carries one postal address."""

    recipient = models.CharField(max_length=160, default="", blank=True)
    street = models.CharField(max_length=200, default="", blank=True)
    street2 = models.CharField(max_length=200, default="", blank=True)
    postcode = models.CharField(max_length=20, default="", blank=True)
    city = models.CharField(max_length=120, default="", blank=True)
    region = models.CharField(max_length=120, default="", blank=True)
    country = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        abstract = True

    @property
    def address(self) -> PostalAddress:
        return PostalAddress(
            self.recipient, self.street, self.street2, self.postcode, self.city, self.region, self.country
        )

    def move_to(self, address: PostalAddress) -> None:
        """Take over an address; the row is not saved."""
        self.recipient, self.street, self.street2 = address.name, address.street, address.street2
        self.postcode, self.city = address.postcode, address.city
        self.region, self.country = address.region, address.country


ADDRESS_COLUMNS = ("recipient", "street", "street2", "postcode", "city", "region", "country")
