"""Sizes and colours, as customers name the variant that they have or want."""

from __future__ import annotations

import re
from collections.abc import Iterator

from courtesy.language.entities.reading import in_flat
from courtesy.language.text import Heard
from courtesy.language.understanding import Context, Entity

_LETTERS = {
    "extra small": "XS", "small": "S", "medium": "M", "large": "L", "extra large": "XL", "extra extra large": "XXL",
    "pequeno": "S", "pequena": "S", "mediano": "M", "mediana": "M", "grande": "L", "extra grande": "XL",
    "小号": "S", "中号": "M", "大号": "L", "加大号": "XL", "特大号": "XL", "加小号": "XS",
}  # fmt: skip
_NAMED = "|".join(sorted(_LETTERS, key=len, reverse=True))
_SIZE = re.compile(
    rf"\b(?:size|sizes|sz|talla|tallas|numero de pie|grosse|尺码|码数|尺寸)(?: (?:is|of|a|an|la|es|un|una|number|"
    rf"numero))?[ :：]{{0,2}}"
    rf"(?P<said>(?:\d{{1,2}}(?:[.,]5| 1/2)?|x{{0,3}}[sl]|m|[2-5]xl)\b|{_NAMED})|(?P<letters>\b(?:x{{1,3}}[sl]|"
    rf"[2-5]xl)\b)"
    rf"|(?<![\d.])(?P<han>\d{{2}}(?:\.5)?)码|(?P<word>加大号|特大号|加小号|[小中大]号)"
)
_COLOURS = {
    word: colour
    for colour, words in {
        "black": "black negro negra negros negras schwarz schwarze 黑色 黑",
        "white": "white blanco blanca blancos blancas weiss weisse 白色 白",
        "red": "red rojo roja rojos rojas rot rote 红色 红",
        "blue": "blue azul azules blau blaue 蓝色 蓝",
        "green": "green verde verdes grun grune 绿色 绿",
        "yellow": "yellow amarillo amarilla gelb gelbe 黄色 黄",
        "grey": "grey gray gris grises grau graue 灰色 灰",
        "brown": "brown marron marrones braun braune 棕色 褐色 咖啡色",
        "orange": "orange naranja 橙色 橘色",
        "pink": "pink rosa 粉色 粉红色",
        "purple": "purple morado morada lila violett 紫色",
        "beige": "beige 米色",
        "navy": "navy 藏青色 深蓝色",
        "turquoise": "turquoise turquesa 青色",
        "silver": "silver plateado silber 银色",
        "gold": "golden dorado 金色",
        "burgundy": "burgundy maroon granate 酒红色",
        "khaki": "khaki caqui 卡其色",
    }.items()
    for word in words.split()
}
_LATIN = "|".join(sorted((word for word in _COLOURS if word.isascii()), key=len, reverse=True))
_HAN = "|".join(sorted((word for word in _COLOURS if not word.isascii() and len(word) > 1), key=len, reverse=True))
_COLOUR = re.compile(
    rf"\b(?P<latin>{_LATIN})\b(?! ?friday)|(?P<han>{_HAN})|(?:换成|要|改成|是)(?P<single>[黑白红蓝绿黄灰])的"
)


def sizes(heard: Heard, context: Context) -> Iterator[Entity]:
    for found in _SIZE.finditer(heard.flat):
        name = next(group for group in ("said", "letters", "han", "word") if found[group])
        written = found[name]
        value = _LETTERS.get(written) or written.upper().replace(",", ".").replace(" 1/2", ".5")
        yield in_flat(heard, "size", value, found.span(name), 0.9)


def colours(heard: Heard, context: Context) -> Iterator[Entity]:
    for found in _COLOUR.finditer(heard.flat):
        name = next(group for group in ("latin", "han", "single") if found[group])
        yield in_flat(heard, "colour", _COLOURS[found[name]], found.span(name), 0.85)
