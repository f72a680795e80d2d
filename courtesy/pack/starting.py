"""Starts a new pack: a small folder on top of a base pack that passes the check and waits to be filled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import yaml

from courtesy.pack.reading import SHIPPED, lineage_of

_TIME_ZONES = {
    "AT": "Europe/Vienna", "BE": "Europe/Brussels", "CH": "Europe/Zurich", "CN": "Asia/Shanghai", "DE": "Europe/Berlin",
    "ES": "Europe/Madrid", "FR": "Europe/Paris", "GB": "Europe/London", "IE": "Europe/Dublin", "IT": "Europe/Rome",
    "MX": "America/Mexico_City", "NL": "Europe/Amsterdam", "PT": "Europe/Lisbon", "US": "America/New_York",
}  # fmt: skip
_CURRENCIES = {"CH": "CHF", "CN": "CNY", "GB": "GBP", "MX": "MXN", "US": "USD"}
_ABOUT = {"en": "What we do, in one sentence", "es": "Lo que hacemos, en una frase", "zh": "用一句话介绍我们"}
_ARTICLE = {
    "en": (
        "When we are there for you",
        ["what are your opening hours", "when can I reach somebody"],
        "Colleagues answer from Monday to Friday, 9:00 to 18:00. {representative} answers at any hour.",
    ),
    "es": (
        "Cuándo estamos para ti",
        ["cuál es vuestro horario", "cuándo puedo hablar con alguien"],
        "Nuestro equipo responde de lunes a viernes, de 9:00 a 18:00. {representative} responde a cualquier hora.",
    ),
    "zh": (
        "我们的服务时间",
        ["你们几点上班", "什么时候能联系到人工"],
        "同事的服务时间为周一至周五9:00至18:00。{representative}随时为您服务。",
    ),
}

_COMPANY = """\
# {name}: the company page. Change what is not true; `courtesy pack check {folder}` says what is wrong.
name: {quoted}
builds on: {base}
about:
{about}
country: {country}
time zone: {time_zone}
languages: [{languages}]
currency: {currency}
# When people answer. {representative} answers at any hour.
hours:
  monday to friday: 09:00-18:00
  saturday: closed
  sunday: closed
holidays:
  public: yes
teams: [{teams}]
# "#" is a digit, "@" a letter, the rest stands for itself.
order numbers: "######"
response times:
  chat: 15 minutes
  email: 8 hours
representative: {representative}
mail address: {mail}
contact:
  e-mail: {mail}
colours:
  accent: "#1f5f5b"
"""


def folder_name(name: str) -> str:
    """``"Müller & Söhne"`` → ``"muller-sohne"``; "company" when nothing is left."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(letter)
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "company"


def new(
    folder: Path,
    name: str,
    *,
    languages: Sequence[str] = ("en",),
    country: str = "ES",
    time_zone: str = "",
    currency: str = "",
    mail_address: str = "",
    representative: str = "Robin",
    base: str = "retail",
) -> Path:
    """Write a new pack into ``folder``, which must not exist yet or be empty, and return it.

    Raises FileExistsError when something is there already, LookupError when there is no such base pack."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"there is something in {folder} already; choose another folder")
    beneath = next((one for one in (folder.parent / base, SHIPPED / base) if (one / "company.yaml").is_file()), None)
    if beneath is None:
        raise LookupError(f"there is no base pack '{base}' beside {folder} or among the shipped ones")
    currency = currency or _CURRENCIES.get(country, "EUR")
    pages = {
        "company.yaml": _COMPANY.format(
            name=" ".join(name.split()),
            quoted=_quoted(" ".join(name.split())),
            folder=folder.name,
            base=base,
            about="\n".join(f"  {code}: {_ABOUT.get(code, _ABOUT['en'])}" for code in languages),
            country=country,
            time_zone=time_zone or _TIME_ZONES.get(country, "UTC"),
            languages=", ".join(languages),
            currency=currency,
            teams=", ".join(_teams_of(beneath)),
            representative=_quoted(representative),
            mail=mail_address or f"service@{folder_name(name)}.example",
        ),
        "tables/shipping.csv": f"country,amount,currency,free over,days\n{country},4.90,{currency},,2-3\n",
        "rehearsals/a-person-please.yaml": _rehearsal(languages[0]),
    }
    for code in languages:
        pages[f"articles/{code}/company/opening-hours.md"] = _article(code, representative)
    for path, written in pages.items():
        page = folder / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(written, encoding="utf-8")
    return folder


def _teams_of(base: Path) -> tuple[str, ...]:
    """The teams that the base's pages speak of: the uppermost list of them."""
    for layer in reversed(lineage_of(base)):
        page = yaml.safe_load((layer / "company.yaml").read_text(encoding="utf-8"))
        if teams := page.get("teams"):
            return tuple(str(team) for team in teams)
    return ("Customer care",)


def _quoted(text: str) -> str:
    """The text as a YAML scalar that cannot be anything else."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _article(language: str, representative: str) -> str:
    title, questions, body = _ARTICLE.get(language, _ARTICLE["en"])
    asked = "\n".join(f"  - {question}" for question in questions)
    return (
        f"---\ntitle: {title}\naudience: customers\nowner: Customer care\nvalid from: 2026-01-01\n"
        f"questions:\n{asked}\n---\n{body.replace('{representative}', representative)}\n"
    )


def _rehearsal(language: str) -> str:
    said = {"es": "quiero hablar con una persona", "zh": "我要找人工客服"}.get(language, "I want to talk to a person")
    return (
        "# Played by `courtesy pack rehearse`: what a customer says, and what must have happened at the end.\n"
        f"rehearsal: A person, please\nlanguage: {language}\ncustomer says:\n  - {said}\n"
        "must:\n  - handed over: any\nmust not:\n  - deed: any\n"
    )
