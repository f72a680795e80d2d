"""What a visitor is met with before the first word: the company, its languages and words, and who is there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from courtesy.channels.chat.theme import theme_of
from courtesy.channels.uploads import ACCEPTED
from courtesy.pack.model import Company, Pack
from courtesy.pack.opening_hours import is_open, next_opening

MOST_SUGGESTIONS = 4
LABELS = ("greeting", "talk to a person")
NAMES = {
    "ar": "العربية", "ca": "Català", "de": "Deutsch", "en": "English", "es": "Español", "eu": "Euskara",
    "fr": "Français", "gl": "Galego", "hi": "हिन्दी", "it": "Italiano", "ja": "日本語", "ko": "한국어",
    "nl": "Nederlands", "pl": "Polski", "pt": "Português", "ru": "Русский", "sv": "Svenska", "tr": "Türkçe",
    "uk": "Українська", "zh": "中文",
}  # fmt: skip
_PERSON = {"en": "Talk to a person", "es": "Hablar con una persona", "zh": "联系人工客服"}


def best_language(company: Company, *wishes: str) -> str:
    """The first wished language that the company speaks; each wish may be a whole Accept-Language header."""
    for wish in wishes:
        for part in wish.split(","):
            code = part.split(";")[0].strip().split("-")[0].lower()
            if code in company.languages:
                return code
    return company.languages[0]


def words_for(pack: Pack, language: str) -> dict[str, Any]:
    """What the company says of itself in one of its languages, and what a client may send."""
    company = pack.company
    return {
        "company": company.name,
        "about": company.about.get(language, ""),
        "representative": company.representative_name,
        "language": language,
        "languages": [{"code": code, "name": NAMES.get(code, code)} for code in company.languages],
        "colours": theme_of(company.colours),
        "suggestions": _suggestions(pack, language),
        "labels": {name: _label(pack, language, name) for name in LABELS},
        "max_upload": settings.COURTESY_MAX_UPLOAD,
        "accepts": list(ACCEPTED),
    }


def _label(pack: Pack, language: str, name: str) -> str:
    phrase = pack.phrases.get((language, name))
    if phrase is not None:
        return phrase.text.strip().replace("{company}", pack.company.name)
    return _PERSON.get(language, _PERSON["en"]) if name == "talk to a person" else ""


def _suggestions(pack: Pack, language: str) -> list[str]:
    """Sentences to start with: the pack's own under the phrase "suggestions", else an example of some procedures."""
    phrase = pack.phrases.get((language, "suggestions"))
    if phrase is not None and phrase.also:
        return list(phrase.also[:MOST_SUGGESTIONS])
    examples = (procedure.examples.get(language, ()) for procedure in pack.procedures.values())
    return [sentences[0][:1].upper() + sentences[0][1:] for sentences in examples if sentences][:MOST_SUGGESTIONS]


def presence(company: Company, at: datetime) -> dict[str, Any]:
    """Whether colleagues are there at ``at``, and when they are back."""
    there = is_open(company, at)
    try:
        back = None if there else next_opening(company, at)
    except LookupError:  # it does not open any more
        back = None
    return {"open": there, "opens_at": back}
