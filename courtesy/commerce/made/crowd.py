"""The rest of the made shop's customers and orders, by a seeded generator."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from courtesy.commerce.made.people import Bought, Parcel, Person, Story

_NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "es": (
        ("Lucía", "Hugo", "Martina", "Iker", "Paula", "Diego", "Nerea", "Álvaro", "Carmen", "Jorge", "Elena", "Mateo"),
        ("García", "Fernández", "Etxeberria", "López", "Martínez", "Soler", "Ferrer", "Navarro", "Ibarra", "Vidal"),
    ),
    "en": (
        ("Emma", "Jack", "Olivia", "Liam", "Grace", "Noah", "Sophie", "Conor", "Ruth", "Owen"),
        ("Murphy", "Walsh", "Taylor", "Hughes", "Kelly", "Evans", "Clarke", "Doyle", "Reid"),
    ),
    "zh": (("伟", "芳", "静", "磊", "洋", "婷", "强", "雪"), ("王", "张", "刘", "陈", "杨", "赵", "黄", "周")),
    "fr": (("Camille", "Louis", "Chloé", "Hugo", "Léa"), ("Dubois", "Moreau", "Laurent", "Girard", "Roux")),
    "de": (("Lena", "Paul", "Mia", "Felix", "Jana"), ("Schmidt", "Fischer", "Wagner", "Becker", "Hofmann")),
    "pt": (("Inês", "João", "Marta", "Tiago"), ("Silva", "Santos", "Ferreira", "Costa")),
    "it": (("Giulia", "Marco", "Sara", "Luca"), ("Rossi", "Bianchi", "Ricci", "Conti")),
}
_TOWNS = {
    "ES": (("Gran Vía", "48001", "Bilbao"), ("Carrer de Colón", "46004", "Valencia"), ("Calle de Alcalá", "28014", "Madrid"),
           ("Calle Estafeta", "31001", "Pamplona"), ("Carrer de Balmes", "08007", "Barcelona"), ("Calle Uría", "33003", "Oviedo")),
    "IE": (("Grafton Street", "D02 VF25", "Dublin"), ("Shop Street", "H91 K5C2", "Galway")),
    "FR": (("Rue Sainte-Catherine", "33000", "Bordeaux"), ("Rue Alsace-Lorraine", "31000", "Toulouse")),
    "DE": (("Kaiserstraße", "76133", "Karlsruhe"), ("Weender Straße", "37073", "Göttingen")),
    "PT": (("Rua Augusta", "1100-048", "Lisboa"), ("Rua de Santa Catarina", "4000-442", "Porto")),
    "IT": (("Via Garibaldi", "10122", "Torino"), ("Via Indipendenza", "40121", "Bologna")),
}  # fmt: skip
_LANGUAGES = ("es",) * 10 + ("en",) * 3 + ("zh",) * 2 + ("fr", "de", "pt", "it")
_COUNTRIES = {"es": "ES", "zh": "ES", "en": "IE", "fr": "FR", "de": "DE", "pt": "PT", "it": "IT"}
_STATES = (
    ("delivered", 62), ("shipped", 9), ("paid", 6), ("packed", 3), ("pending", 2), ("cancelled", 7), ("returned", 6),
    ("return requested", 5),
)  # fmt: skip


def people(count: int, random: Random) -> Iterator[Person]:
    for number in range(2001, 2001 + count):
        language = random.choice(_LANGUAGES)
        first, last = (random.choice(names) for names in _NAMES[language])
        country = _COUNTRIES[language]
        street, postcode, city = random.choice(_TOWNS[country])
        means = [
            (
                f"card-{number}",
                "card",
                f"{random.choice(('Visa', 'Mastercard'))} ending {random.randint(1000, 9999)}",
                "",
            )
        ]
        if random.random() < 0.35:
            means.append((f"paypal-{number}", "paypal", "PayPal", ""))
        if random.random() < 0.15:
            means.append((f"gift-{number}", "gift card", "", f"{random.randrange(5, 60, 5)}.00"))
        yield Person(
            f"C-{number}", first, last, f"customer{number}@example.com", f"{street} {random.randint(1, 90)}",
            postcode, city, country, language, tuple(means),
        )  # fmt: skip


def stories(people: list[Person], skus: list[str], count: int, random: Random) -> Iterator[Story]:
    states = [state for state, weight in _STATES for _ in range(weight)]
    for number in range(10101, 10101 + count):
        person = random.choice(people)
        state = random.choice(states)
        lines = tuple(
            Bought(sku, 1 if random.random() < 0.9 else 2)
            for sku in random.sample(skus, random.choice((1, 1, 1, 2, 2, 3)))
        )
        means = random.choice([one[0] for one in person.means if one[1] != "gift card"])
        yield _story(f"TF-{number}", person.id, state, lines, means, random)


def _story(number: str, customer: str, state: str, lines: tuple[Bought, ...], means: str, random: Random) -> Story:
    names = tuple(str(place) for place in range(1, len(lines) + 1))
    paid = () if state == "pending" else ((means, ""),)
    if state in ("delivered", "returned", "return requested"):
        delivered = random.randint(2, 360) if state == "delivered" else random.randint(16, 60)
        parcels = (Parcel("delivered", names, delivered),)
        back = random.randint(2, 10) if state == "returned" else None
        opened = random.randint(1, 9) if state == "return requested" else None
        placed = delivered + random.randint(2, 6)
        return Story(number, customer, state, placed, lines, paid, parcels, paid_back=back, opened_return=opened)
    if state == "shipped":
        status = random.choice(("in transit", "in transit", "in transit", "out for delivery", "delayed", "label made"))
        parcel = Parcel(status, names, None, 0 if status == "out for delivery" else random.randint(1, 4))
        return Story(number, customer, state, random.randint(2, 6), lines, paid, (parcel,))
    if state == "cancelled":
        placed = random.randint(5, 300)
        return Story(number, customer, state, placed, lines, paid, paid_back=placed - random.randint(0, 2))
    return Story(number, customer, state, random.randint(0, 2), lines, paid)
