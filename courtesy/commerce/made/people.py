"""The fixed people of the made shop and their orders, exactly as ``sample_people.md`` has them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    first: str
    last: str
    email: str
    street: str
    postcode: str
    city: str
    country: str
    language: str
    means: tuple[tuple[str, str, str, str], ...]  # id, kind, label, balance


PEOPLE = (
    Person("C-1001", "Ana", "Ruiz", "ana.ruiz@example.com", "Calle Ercilla 12", "48009", "Bilbao", "ES", "es",
           (("card-1001", "card", "Visa ending 4242", ""), ("gift-1001", "gift card", "", "40.00"))),
    Person("C-1002", "Tom", "Byrne", "tom.byrne@example.com", "14 Camden Row", "D08 X2P1", "Dublin", "IE", "en",
           (("paypal-1002", "paypal", "PayPal", ""), ("card-1002", "card", "Mastercard ending 5100", ""))),
    Person("C-1003", "娜", "李", "li.na@example.com", "Carrer de Russafa 8", "46003", "Valencia", "ES", "zh",
           (("card-1003", "card", "Visa ending 8810", ""), ("gift-1003", "gift card", "", "15.00"))),
    Person("C-1004", "Marta", "Gil", "marta.gil@example.org", "Carrer del Mar 21", "46010", "Valencia", "ES", "es",
           (("card-1004", "card", "Visa ending 7311", ""),)),
    Person("C-1005", "Jonas", "Weber", "jonas.weber@example.net", "Sendlinger Straße 30", "80331", "München", "DE", "de",
           (("paypal-1005", "paypal", "PayPal", ""), ("gift-1005", "gift card", "", "0.00"))),
    Person("C-1006", "Claire", "Martin", "claire.martin@example.org", "Rue Mercière 5", "69002", "Lyon", "FR", "fr",
           (("card-1006", "card", "Visa ending 6044", ""),)),
    Person("C-1007", "Pablo", "Ortega", "pablo.ortega@example.com", "Calle del Arenal 9", "28013", "Madrid", "ES", "es",
           (("card-1007", "card", "Mastercard ending 2291", ""), ("credit-1007", "store credit", "", "25.00"))),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bought:
    """A line of a fixed order; ``paid`` is what all its pieces cost after discounts, list price when empty."""

    sku: str
    quantity: int = 1
    paid: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel: status, its lines, days since delivery or until it is expected."""

    status: str
    lines: tuple[str, ...]
    delivered: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A fixed order. ``placed`` in days ago; ``paid`` pairs of means and amount ("" = all of it)."""

    number: str
    customer: str
    status: str
    placed: int
    lines: tuple[Bought, ...]
    paid: tuple[tuple[str, str], ...]
    parcels: tuple[Parcel, ...] = ()
    discount: str = "0"
    on_hold: bool = False
    paid_back: int | None = None  # days ago
    opened_return: int | None = None  # days ago; goods received, not refunded


def _whole(status: str, lines: int, delivered: int | None = None, expected: int | None = None) -> tuple[Parcel, ...]:
    return (Parcel(status, tuple(str(number) for number in range(1, lines + 1)), delivered, expected),)


STORIES = (
    Story("TF-10001", "C-1001", "delivered", 10, (Bought("LAREDO-M-BLUE"), Bought("ANBOTO-39-BROWN"), Bought("CHISPA")),
          (("card-1001", ""),), _whole("delivered", 3, 6)),
    Story("TF-10002", "C-1001", "shipped", 3, (Bought("GORBEA-GREEN"),), (("card-1001", ""),), _whole("in transit", 1, None, 2)),
    Story("TF-10003", "C-1001", "paid", 1, (Bought("TEIDE-REGULAR-ORANGE"), Bought("WALKS")), (("card-1001", ""),)),
    Story("TF-10004", "C-1001", "delivered", 165, (Bought("ULIA-M-GREY"),), (("card-1001", ""),), _whole("delivered", 1, 160)),
    Story("TF-10005", "C-1002", "delivered", 13, (Bought("PICOS-GREEN"),), (("paypal-1002", ""),), _whole("delivered", 1, 8)),
    Story("TF-10006", "C-1002", "delivered", 10, (Bought("ANBOTO-43-BROWN"),), (("card-1002", ""),), _whole("delivered", 1, 5)),
    Story("TF-10007", "C-1002", "shipped", 4, (Bought("BIDASOA-YELLOW"), Bought("CHISPA")), (("paypal-1002", ""),),
          _whole("out for delivery", 2, None, 0)),
    Story("TF-10008", "C-1002", "cancelled", 22, (Bought("GORBEA-BLUE"),), (("paypal-1002", ""),), paid_back=20),
    Story("TF-10009", "C-1003", "delivered", 8, (Bought("NUBE-128-RED", 2), Bought("FARO")), (("gift-1003", "35.00"), ("card-1003", "")),
          _whole("delivered", 2, 4)),
    Story("TF-10010", "C-1003", "paid", 1, (Bought("LAREDO-S-RED"),), (("card-1003", ""),)),
    Story("TF-10011", "C-1003", "shipped", 6, (Bought("LUNA-REGULAR-BLUE"),), (("card-1003", ""),), _whole("delayed", 1, None, 1)),
    Story("TF-10012", "C-1004", "shipped", 6, (Bought("ULIA-S-GREY"), Bought("GORBEA-BLACK")), (("card-1004", ""),),
          (Parcel("delivered", ("1",), 3), Parcel("in transit", ("2",), None, 1))),
    Story("TF-10013", "C-1004", "shipped", 15, (Bought("FARO"),), (("card-1004", ""),), _whole("lost", 1, None, -9)),
    Story("TF-10014", "C-1005", "return requested", 17, (Bought("LAREDO-L-BLACK"),), (("paypal-1005", ""),),
          _whole("delivered", 1, 12), opened_return=4),
    Story("TF-10015", "C-1005", "delivered", 12, (Bought("CHISPA", 3, "94.36"), Bought("BIDASOA-YELLOW", 1, "22.41")),
          (("gift-1005", "50.00"), ("paypal-1005", "")), _whole("delivered", 2, 7), discount="12.98"),
    Story("TF-10016", "C-1006", "delivered", 14, (Bought("PICOS-GREY"),), (("card-1006", ""),), _whole("delivered", 1, 9), on_hold=True),
    Story("TF-10017", "C-1006", "packed", 2, (Bought("LUNA-LONG-BLUE"),), (("card-1006", ""),)),
    Story("TF-10018", "C-1006", "returned", 40, (Bought("ANBOTO-38-BLACK"),), (("card-1006", ""),), _whole("delivered", 1, 36), paid_back=15),
    Story("TF-10019", "C-1007", "delivered", 7, (Bought("MERINO-M-BLACK"), Bought("ULIA-L-NAVY")), (("card-1007", ""),), _whole("delivered", 2, 3)),
    Story("TF-10020", "C-1007", "pending", 1, (Bought("TEIDE-LONG-BLUE"),), ()),
)  # fmt: skip
