"""Letters and digits said one by one, with spelling alphabets, letter names and what a recogniser makes of them."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from courtesy.language.text import flatten

_ALPHABET = {
    "alpha alfa": "A", "bravo": "B", "charlie": "C", "delta": "D", "echo": "E", "foxtrot": "F", "golf": "G",
    "hotel": "H", "india": "I", "juliet juliett": "J", "kilo": "K", "lima": "L", "mike": "M", "november": "N",
    "oscar": "O", "papa": "P", "quebec": "Q", "romeo": "R", "sierra": "S", "tango": "T", "uniform": "U",
    "victor": "V", "whiskey whisky": "W", "xray": "X", "yankee": "Y", "zulu": "Z",
    "alan adam apple": "A", "bob ben": "B", "david dog": "D", "edward elephant": "E", "freddie fred": "F",
    "george": "G", "harry henry": "H", "isaac": "I", "jack john": "J", "king": "K", "london larry": "L",
    "mary mother": "M", "nelly nancy": "N", "oliver orange": "O", "peter paul": "P", "queen": "Q", "robert": "R",
    "sam sugar": "S", "tommy thomas": "T", "umbrella": "U", "william walter": "W", "yellow": "Y", "zebra": "Z",
}  # fmt: skip
_WORDS = {word: letter for words, letter in _ALPHABET.items() for word in words.split()}
_SOUNDS = {
    "a": "hey eh ay", "b": "be bee", "c": "see sea cee si", "d": "dee de the", "e": "ee he", "f": "eff", "g": "gee",
    "h": "age aitch haitch", "i": "eye aye", "j": "jay", "k": "kay okay", "l": "ell hell el all", "m": "em am him",
    "n": "an and end in", "o": "oh owe", "p": "pee pea", "q": "queue cue", "r": "are our ar", "s": "ess as is yes",
    "t": "tea tee", "u": "you", "v": "vee we", "w": "dub", "x": "ex axe", "y": "why wine", "z": "zed said set zee that",
    "0": "zero nought naught", "1": "one won on once", "2": "two to too", "3": "three free tree", "4": "four for full",
    "5": "five fife", "6": "six sex sicks", "7": "seven", "8": "eight ate", "9": "nine mine line",
}  # fmt: skip
_NAMES = {word: sign.upper() for sign, words in _SOUNDS.items() for word in words.split()}
_TOKEN = re.compile(r"double u|[a-z]+|\d+")
_CLOSE = 0.86


def spelt_letters(said: str) -> str:
    """What was spelt, as capitals and digits: "whiskey victor one" and "w v 1" are both "WV1"."""
    signs: list[str] = []
    times = 1
    for word in _TOKEN.findall(flatten(said).replace("x ray", "xray").replace("x-ray", "xray").replace("&", "and")):
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
            continue
        signs.append(_sign(word) * times)
        times = 1
    return "".join(signs)


@lru_cache(maxsize=20_000)
def _sign(word: str) -> str:
    if word == "double u":
        return "W"
    if word.isdigit() or len(word) == 1:
        return word.upper()
    if word in _NAMES:
        return _NAMES[word]
    if word in _WORDS:
        return _WORDS[word]
    if len(word) <= 3 or any(sign.isdigit() for sign in word):
        return word.upper()
    close = max(_WORDS, key=lambda known: JaroWinkler.similarity(word, known))
    if JaroWinkler.similarity(word, close) >= _CLOSE:
        return _WORDS[close]
    return word[0].upper()


def spelt_name(said: str) -> str:
    """A name that was spelt, small and without blanks; the text itself without blanks where it was not."""
    tokens = _TOKEN.findall(flatten(said))
    if not tokens:
        return ""
    spelled = sum(len(token) <= 2 for token in tokens) * 2 >= len(tokens)
    alphabet = sum(token in _WORDS for token in tokens) * 2 >= len(tokens) >= 3
    if alphabet or (spelled and len(tokens) >= 3):
        return "".join(_sign(token).lower() if len(token) != 2 else token for token in tokens)
    return "".join(tokens)
