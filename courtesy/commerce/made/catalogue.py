"""What the sample company sells: families of outdoor goods, each in several models, with sizes and colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

CLOTHES = ("XS", "S", "M", "L", "XL")
SHOES = tuple(str(size) for size in range(37, 47))
KIDS = ("104", "116", "128", "140", "152")
PLACES = ("online", "Bilbao", "Valencia")
TAX = Decimal("21.00")
BOOK_TAX = Decimal("4.00")


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of goods. ``models`` are proper names; ``{}`` in a name stands for the model."""

    category: str
    en: str
    es: str
    zh: str
    models: tuple[str, ...]
    price: int  # euros of the cheapest model
    step: int  # dearer from model to model
    sizes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    size_name: str = "size"
    returnable: bool = True
    tax: Decimal = TAX


@dataclass(frozen=True, slots=True)
class Made:
    """A product to be written: ids, names by language, and its variants as (sku, options, price, stock by place)."""

    id: str
    name: str
    names: dict[str, str]
    category: str
    returnable: bool
    tax: Decimal
    variants: tuple[tuple[str, list[list[str]], Decimal, dict[str, int]], ...]


_M = tuple("Aizkorri Aneto Urbasa Cadí Moncayo Gredos Ordesa".split())  # noqa: SIM905
_N = tuple("Jaizkibel Irati Alberes Montseny Sanabria Tajo Duero".split())  # noqa: SIM905
FAMILIES = (
    Family("rain jackets", "{} Rain Jacket", "Chaqueta de lluvia {}", "{}冲锋衣", _M, 69, 20, CLOTHES, ("black", "red", "green")),
    Family("down jackets", "{} Down Jacket", "Plumífero {}", "{}羽绒服", _N, 119, 25, CLOTHES, ("black", "navy")),
    Family("fleeces", "{} Fleece", "Forro polar {}", "{}抓绒衣", _M, 39, 8, CLOTHES, ("grey", "navy", "green")),
    Family("softshells", "{} Softshell", "Softshell {}", "{}软壳衣", _N, 79, 12, CLOTHES, ("black", "blue")),
    Family("trousers", "{} Hiking Trousers", "Pantalón de senderismo {}", "{}徒步裤", _M, 49, 10, CLOTHES, ("grey", "brown")),
    Family("shorts", "{} Shorts", "Pantalón corto {}", "{}短裤", _N, 29, 5, CLOTHES, ("grey", "blue")),
    Family("shirts", "{} Merino Shirt", "Camiseta merino {}", "{}美利奴T恤", _M, 39, 6, CLOTHES, ("grey", "red", "blue")),
    Family("hiking boots", "{} Mountain Boots", "Botas de alta montaña {}", "{}高山靴", _N, 139, 20, SHOES, ("brown", "black")),
    Family("trail shoes", "{} Trail Shoes", "Zapatillas de trail {}", "{}越野跑鞋", _M, 89, 10, SHOES, ("black", "orange")),
    Family("sandals", "{} Sandals", "Sandalias {}", "{}凉鞋", _N, 49, 6, SHOES, ("black",)),
    Family("climbing shoes", "{} Climbing Shoes", "Pies de gato {}", "{}攀岩鞋", _M, 79, 8, SHOES, ("yellow",)),
    Family("backpacks", "{} Backpack", "Mochila {}", "{}背包", _N, 69, 15, (), ("green", "black", "blue")),
    Family("daypacks", "{} Daypack", "Mochila de día {}", "{}小背包", _M, 39, 6, (), ("grey", "red")),
    Family("tents", "{} Tent", "Tienda {}", "{}帐篷", _N, 179, 40, (), ("green", "grey")),
    Family("sleeping bags", "{} Sleeping Bag", "Saco de dormir {}", "{}睡袋", _M, 79, 25, ("regular", "long"), ("blue", "orange"), "length"),
    Family("sleeping mats", "{} Sleeping Mat", "Colchoneta {}", "{}防潮垫", _N, 39, 12, ("regular", "long"), ("blue",), "length"),
    Family("stoves", "{} Stove", "Hornillo {}", "{}炉具", _M, 34, 9),
    Family("cookware", "{} Cook Set", "Juego de cocina {}", "{}炊具套装", _N, 29, 7),
    Family("bottles", "{} Bottle", "Botella {}", "{}水壶", _M, 14, 3, ("0.5 l", "1 l"), ("blue", "red"), "volume"),
    Family("headlamps", "{} Headlamp", "Frontal {}", "{}头灯", _N, 24, 8),
    Family("trekking poles", "{} Trekking Poles", "Bastones {}", "{}登山杖", _M, 39, 10),
    Family("helmets", "{} Climbing Helmet", "Casco de escalada {}", "{}攀岩头盔", _N, 49, 8, ("S/M", "L/XL"), ("white", "orange")),
    Family("harnesses", "{} Harness", "Arnés {}", "{}安全带", _M, 45, 7, CLOTHES, ("black",)),
    Family("ropes", "{} Rope", "Cuerda {}", "{}登山绳", _N, 89, 15, ("40 m", "60 m"), ("green",), "length"),
    Family("gloves", "{} Gloves", "Guantes {}", "{}手套", _M, 19, 5, CLOTHES, ("black",)),
    Family("hats", "{} Hat", "Gorro {}", "{}帽子", _N, 15, 3, (), ("grey", "red", "navy")),
    Family("socks", "{} Socks", "Calcetines {}", "{}袜子", _M, 12, 2, ("36-38", "39-41", "42-44"), ("grey", "black")),
    Family("dry bags", "{} Dry Bag", "Bolsa estanca {}", "{}防水袋", _N, 14, 3, (), ("yellow", "blue")),
    Family("kids' jackets", "{} Kids' Rain Jacket", "Chubasquero infantil {}", "{}儿童雨衣", _M, 34, 5, KIDS, ("red", "blue")),
    Family("maps", "{} Map", "Mapa {}", "{}地图", _N, 11, 1, tax=BOOK_TAX),
)  # fmt: skip

# Goods with stories of their own; the people of the made shop bought them.
OWN = (
    Family("rain jackets", "Laredo Rain Jacket", "Chaqueta de lluvia Laredo", "拉雷多冲锋衣", ("Laredo",), 0, 0, ("S", "M", "L", "XL"), ("blue", "red", "black")),
    Family("hiking boots", "Anboto Hiking Boots", "Botas de montaña Anboto", "安博托登山靴", ("Anboto",), 0, 0, SHOES, ("brown", "black")),
    Family("stoves", "Chispa Gas Stove", "Hornillo de gas Chispa", "奇斯帕燃气炉头", ("Chispa",), 0, 0),
    Family("backpacks", "Gorbea 30 Backpack", "Mochila Gorbea 30", "戈尔贝亚30升背包", ("Gorbea",), 0, 0, (), ("green", "blue", "black")),
    Family("sleeping bags", "Teide 3 Sleeping Bag", "Saco de dormir Teide 3", "泰德3号睡袋", ("Teide",), 0, 0, ("regular", "long"), ("orange", "blue"), "length"),
    Family("books", "Walks of the Basque Mountains", "Paseos por los montes vascos", "巴斯克山区徒步指南", ("Walks",), 0, 0, tax=BOOK_TAX),
    Family("fleeces", "Ulia Fleece", "Forro polar Ulia", "乌利亚抓绒衣", ("Ulia",), 0, 0, CLOTHES, ("grey", "navy")),
    Family("tents", "Picos 2 Tent", "Tienda Picos 2", "皮科斯2人帐篷", ("Picos",), 0, 0, (), ("green", "grey")),
    Family("dry bags", "Bidasoa Dry Bag 20 l", "Bolsa estanca Bidasoa 20 l", "比达索亚20升防水袋", ("Bidasoa",), 0, 0, (), ("yellow", "blue")),
    Family("kids' jackets", "Nube Kids' Jacket", "Chaqueta infantil Nube", "努贝儿童外套", ("Nube",), 0, 0, KIDS, ("red", "blue")),
    Family("headlamps", "Faro Headlamp", "Frontal Faro", "法罗头灯", ("Faro",), 0, 0),
    Family("sleeping mats", "Luna Sleeping Mat", "Colchoneta Luna", "露娜防潮垫", ("Luna",), 0, 0, ("regular", "long"), ("blue",), "length"),
    Family("underwear", "Merino Briefs", "Calzoncillos de merino", "美利奴内裤", ("Merino",), 0, 0, CLOTHES, ("black",), returnable=False),
)  # fmt: skip
_OWN_PRICES = {
    "Laredo": "59.90", "Anboto": "119.00", "Chispa": "34.95", "Gorbea": "79.90", "Teide": "89.00", "Walks": "18.50",
    "Ulia": "44.90", "Picos": "249.00", "Bidasoa": "24.90", "Nube": "39.90", "Faro": "29.90", "Luna": "64.90", "Merino": "27.90",
}  # fmt: skip
_LONGER = {"Teide": Decimal("5.00"), "Luna": Decimal("5.00")}
_SOLD_OUT = {"ANBOTO-44-BROWN"}
_IN_STOCK = {
    "ANBOTO-44-BLACK",
    "ANBOTO-45-BROWN",
    "ANBOTO-43-BLACK",
    "LAREDO-L-BLUE",
    "LAREDO-S-BLUE",
    "TEIDE-LONG-BLUE",
}


def products(random: Random) -> Iterator[Made]:
    """The whole catalogue: the goods with stories first."""
    for number, family in enumerate(OWN, 1):
        model = family.models[0]
        yield _made(f"P-{number:03d}", family, model, Decimal(_OWN_PRICES[model]), random)
    number = 100
    for family in FAMILIES:
        for place, model in enumerate(family.models):
            number += 1
            price = Decimal(family.price + family.step * place) + Decimal("0.90")
            yield _made(f"P-{number}", family, model, price, random)


def _made(id: str, family: Family, model: str, price: Decimal, random: Random) -> Made:
    names = {
        language: name.format(model) for language, name in (("en", family.en), ("es", family.es), ("zh", family.zh))
    }
    stem = f"{model}-{id[2:]}".upper() if "{}" in family.en else model.upper()
    variants = []
    for size in family.sizes or ("",):
        for colour in family.colours or ("",):
            options = [[name, value] for name, value in ((family.size_name, size), ("colour", colour)) if value]
            sku = "-".join(part.upper().replace(" ", "").replace("/", "") for part in (stem, size, colour) if part)
            more = _LONGER.get(model, Decimal(10)) if size == "long" else Decimal(0)
            variants.append((sku, options, price + more, _stock(sku, random)))
    return Made(id, names["en"], names, family.category, family.returnable, family.tax, tuple(variants))


def _stock(sku: str, random: Random) -> dict[str, int]:
    """About one variant in eight is sold out online."""
    if sku in _SOLD_OUT:
        return dict.fromkeys(PLACES, 0)
    online = 0 if random.random() < 0.12 else random.randint(3, 40)
    if sku in _IN_STOCK or "-" not in sku or sku.split("-")[0] in {own.models[0].upper() for own in OWN}:
        online = max(online, 6)
    return {"online": online, "Bilbao": random.randint(0, 6), "Valencia": random.randint(0, 5)}
