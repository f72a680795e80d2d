"""JSON Schemas of the pack's pages, made from the same keys and words that the reader uses, for completion in editors.

An editor reads YAML with its own types, so a scalar may arrive as text, number or truth value; the reader takes all
of them as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from courtesy.pack.checks.company import CHANNELS, EVIDENCE, PROVABLE
from courtesy.pack.pages import (
    authority,
    care,
    company,
    complaints,
    conditions,
    guides,
    lessons,
    policies,
    procedures,
    rehearsals,
    synonyms,
    words,
)  # fmt: skip
from courtesy.pack.pages.company import WEEKDAYS
from courtesy.pack.vocabulary import ACTS, FACTS, GRADES, LOOK_UPS, SIGNS, SLOT_KINDS, SOURCES, STOPS, FactKind
from courtesy.pack.vocabulary.delivery import DELIVERY_TROUBLES

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": ["string", "number", "boolean"]}
TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
YES: Schema = {"enum": ["yes", "no", True, False, "true", "false"]}
DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
WORDING: Schema = {"anyOf": [TEXT, {"type": "object", "additionalProperties": TEXT}]}
PAIRS: Schema = {"type": "object", "additionalProperties": TEXT}
LENGTH: Schema = {"type": "string", "pattern": "^[0-9.]+ (business )?(minute|hour|day|week|month|year)s?$"}
VERDICT: Schema = {
    "type": "string",
    "pattern": "^(allow|refuse|ask( .+)?)$",
    "examples": ["allow", "ask team lead", "refuse"],
}

_ACTS = {name: act.says for name, act in ACTS.items()}


def schemas() -> dict[str, Schema]:
    """Kind of page → its schema; an article's is that of its front matter."""
    pages = {
        "company": _company(),
        "procedure": _procedure(),
        "guide": _guide(),
        "policy": _policy(),
        "rehearsal": _rehearsal(),
        "article": _article(),
        "complaints": _complaints(),
        "escalation": _escalation(),
        "protocol": _protocol(),
        "authority": _authority(),
        "lessons": _lessons(),
        "synonyms": _form(synonyms.KEYS, {synonyms.SAME: TEXTS}, synonyms.KEYS),
    }
    return {kind: {"$schema": DIALECT, "title": f"Courtesy pack: {kind}"} | page for kind, page in pages.items()}


def _form(keys: Iterable[str], known: Mapping[str, Schema], needed: Iterable[str] = (), **more: Any) -> Schema:
    """A form of exactly these keys; those that ``known`` does not describe hold any text."""
    properties = {key: known.get(key, TEXT) for key in keys}
    return {"type": "object", "properties": properties, "additionalProperties": False, "required": list(needed), **more}


def _words(known: Mapping[str, str] | Iterable[str]) -> Schema:
    """One of a closed set of words, with what each means where that is known."""
    if isinstance(known, Mapping):
        return {"oneOf": [{"const": word, "description": says} for word, says in known.items()]}
    return {"enum": list(known)}


# --- company ----------------------------------------------------------------------------------------


def _company() -> Schema:
    days = "|".join(WEEKDAYS)
    span = r"\d{1,2}:\d{2} ?[-–] ?\d{1,2}:\d{2}"
    hours = {"type": "string", "pattern": f"^(closed|{span}(, ?{span})*)$"}
    dates: Schema = {
        "anyOf": [DATE, {"const": "public"}, {"type": "array", "items": {"anyOf": [DATE, {"const": "public"}]}}]
    }
    known: dict[str, Schema] = {
        "builds on": TEXTS,
        "base": YES,
        "about": WORDING,
        "country": {"type": "string", "pattern": "^[A-Za-z]{2}$"},
        "languages": TEXTS,
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "hours": {
            "type": "object",
            "patternProperties": {f"^({days})( to ({days}))?$": hours},
            "additionalProperties": False,
        },
        "holidays": {
            "anyOf": [
                *dates["anyOf"],
                _form(("public", "region", "dates"), {"public": YES, "dates": dates["anyOf"][2]}),
            ]
        },
        "teams": TEXTS,
        "response times": {
            "type": "object",
            "properties": {
                channel: {"type": "string", "pattern": "^[0-9.]+ *(hours?|minutes?)$"} for channel in CHANNELS
            },
            "additionalProperties": False,
        },
        "contact": PAIRS,
        "departments": PAIRS,
        "other languages": PAIRS,
        "delivery notices": _delivery_notices(),
        "wrap-up codes": {"type": "object", "additionalProperties": WORDING},
        "wrap-up needed": YES,
        "colours": PAIRS,
        "identity": {
            "type": "object",
            "properties": {evidence: _words(PROVABLE) for evidence in EVIDENCE},
            "additionalProperties": False,
        },
    }
    return _form(company.KEYS, known, ("name",))


def _delivery_notices() -> Schema:
    about: Schema = {"type": "array", "items": _words(DELIVERY_TROUBLES)}
    days: Schema = {"type": "string", "pattern": "^[0-9]{1,2} days?$"}
    return _form(("about", "late after"), {"about": about, "late after": days})


# --- procedure --------------------------------------------------------------------------------------


def _procedure() -> Schema:
    verbs: dict[str, dict[str, Schema]] = {
        "look up": {"look up": _words(LOOK_UPS), "by": TEXTS, "again": YES},
        "ask": {
            "kind": _words(SLOT_KINDS),
            "choices": TEXTS,
            "from": _words(SOURCES),
            "optional": YES,
        },
        "if": {
            "if": {"type": "object", "minProperties": 1, "additionalProperties": TEXTS},
            "then": {"$ref": "#/$defs/inner steps"},
            "otherwise": {"$ref": "#/$defs/inner steps"},
        },
        "do": {"do": _words(_ACTS), "with": TEXTS},
        "promise": {"within": LENGTH},
    }
    steps = {verb: _step(verb, beside, verbs.get(verb, {})) for verb, beside in procedures.VERBS.items()}
    known: dict[str, Schema] = {
        "title": WORDING,
        "kind": _words(procedures.KINDS),
        "customers say": {"type": "object", "additionalProperties": TEXTS},
        "not for": PAIRS,
        "offered as": TEXTS,
        "steps": {"$ref": "#/$defs/steps"},
        "hand over when": TEXTS,
    }
    definitions = {
        **{f"step: {verb}": step for verb, step in steps.items()},
        "steps": _list_of(f"step: {verb}" for verb in steps),
        "inner steps": _list_of(f"step: {verb}" for verb in steps if verb != "if"),
    }
    return _form(procedures.KEYS, known, ("procedure", "steps")) | {"$defs": definitions}


def _step(verb: str, beside: tuple[str, ...], known: Mapping[str, Schema]) -> Schema:
    needed = {"if": ("if", "then"), "promise": ("promise", "within")}.get(verb, (verb,))
    return _form((verb, *beside), known, needed)


def _list_of(names: Iterable[str]) -> Schema:
    return {"type": "array", "items": {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in names]}}


# --- guide ------------------------------------------------------------------------------------------


def _guide() -> Schema:
    procedure = _procedure()
    answer = _form(guides.ANSWER_KEYS, {"answer": WORDING, "also": {"type": "object"}}, ("answer", "then"))
    either: Schema = {"anyOf": [_form(guides.PLAIN, {}, guides.PLAIN), {"type": "array", "items": answer}]}
    texts: dict[str, Schema] = dict.fromkeys(guides.TEXT_KEYS, WORDING)
    known = texts | {"answers": either, "carry out": {"$ref": "#/$defs/steps"}, "if": PAIRS}
    step = _form(guides.STEP_KEYS, known, ("step",))
    page: dict[str, Schema] = {
        key: procedure["properties"][key] for key in ("title", "customers say", "not for", "offered as")
    }
    page["steps"] = {"type": "array", "items": step}
    return _form(guides.KEYS, page, ("guide", "steps")) | {"$defs": procedure["$defs"]}


# --- policy -----------------------------------------------------------------------------------------


def _policy() -> Schema:
    facts: Schema = {
        "type": "object",
        "properties": {name: _fact(kind) for name, kind in FACTS.items()},
        "additionalProperties": False,
    }
    conditions_: Schema = {
        "type": "object",
        "properties": {name: _condition(kind) for name, kind in FACTS.items()},
        "additionalProperties": False,
    }
    rule = _form(
        policies.RULE_KEYS,
        {"when": conditions_, "then": VERDICT, "because": WORDING, "offer": TEXTS},
        ("name", "then"),
    )
    example = _form(("given", "expect"), {"given": facts, "expect": VERDICT}, ("expect",))
    known: dict[str, Schema] = {
        "governs": {"anyOf": [_words(_ACTS), {"type": "array", "items": _words(_ACTS)}]},
        "in force from": DATE,
        "in force until": DATE,
        "rules": {"type": "array", "items": rule},
        "otherwise": {"type": "string", "pattern": "^(refuse|ask( .+)?)$", "description": _grades()},
        "ordinary": facts,
        "examples": {"type": "array", "items": example},
    }
    return _form(policies.KEYS, known, ("policy", "governs", "otherwise"))


def _grades() -> str:
    return f"'refuse', or 'ask' with a team or a grade: {', '.join(GRADES)}."


def _condition(kind: FactKind) -> Schema:
    usable = [one for one in conditions.COMPARATORS if kind.kind != "word" or one not in conditions.ORDERED]
    return TEXTS | {"description": f"{kind.says} Comparators: {', '.join(usable)}.", **_examples(kind)}


def _fact(kind: FactKind) -> Schema:
    return TEXTS | {"description": kind.says, **_examples(kind)}


def _examples(kind: FactKind) -> Schema:
    samples = list(kind.values) or {"money": ["50 EUR"], "number": ["14"]}.get(kind.kind, [])
    return {"examples": samples} if samples else {}


# --- rehearsal, article -----------------------------------------------------------------------------


def _rehearsal() -> Schema:
    wanted = _form(
        rehearsals.EXPECTATIONS,
        {"times": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-9]+$"}]}},
        minProperties=1,
    )
    wanted_list: Schema = {"anyOf": [wanted, {"type": "array", "items": wanted}]}
    known: dict[str, Schema] = {
        "channel": _words(CHANNELS),
        "customer says": TEXTS,
        "must": wanted_list,
        "must not": wanted_list,
    }
    either = {"anyOf": [{"required": ["must"]}, {"required": ["must not"]}]}
    return _form(rehearsals.KEYS, known, ("rehearsal", "customer says")) | either


def _article() -> Schema:
    known: dict[str, Schema] = {
        "audience": _words(words.AUDIENCES),
        "valid from": DATE,
        "valid until": DATE,
        "review by": DATE,
        "questions": TEXTS,
    }
    return _form(words.ARTICLE_KEYS, known, ("title",))


def _lessons() -> Schema:
    sentences: Schema = {"type": "object", "additionalProperties": TEXTS}
    known = {lessons.SAY: sentences, lessons.ASK: sentences, lessons.NOTHING: TEXTS, lessons.NOT_ANSWERED: sentences}
    return _form(lessons.KEYS, known, (lessons.LANGUAGE,))


# --- complaints, escalation, protocols --------------------------------------------------------------


def _several(words: Mapping[str, str] | Iterable[str]) -> Schema:
    one = _words(words)
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _complaints() -> Schema:
    languages: Schema = {"type": "object", "additionalProperties": TEXTS}
    clock = _form(
        complaints.CLOCK_KEYS,
        {
            "within": LENGTH,
            "until": _words(complaints.ENDS),
            "countries": TEXTS,
            "categories": TEXTS,
            "warn before": LENGTH,
            "extended to": LENGTH,
            "pauses for": TEXTS,
            "in force from": DATE,
            "in force until": DATE,
        },
        ("name", "within"),
    )
    category = _form(
        complaints.CATEGORY_KEYS,
        {"title": WORDING, "words": languages, "severity": _words(complaints.SEVERITIES)},
        ("name",),
    )
    recourse = _form(
        complaints.RECOURSE_KEYS, {"how": WORDING, "countries": TEXTS, "categories": TEXTS}, ("name", "how")
    )
    known: dict[str, Schema] = {
        "categories": {"type": "array", "items": category},
        "clocks": {"type": "array", "items": clock},
        "recourse": {"type": "array", "items": recourse},
        "follow up after": LENGTH,
        "reopened within": LENGTH,
        "alternatives": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-5]$"}]},
    }
    return _form(complaints.KEYS, known, ("complaints",))


def _escalation() -> Schema:
    rung = _form(care.RUNG_KEYS, {"kind": _words(care.RUNG_KINDS), "within": LENGTH}, ("to", "within"))
    known: dict[str, Schema] = {"for": _several(care.LADDER_SERVES), "steps": {"type": "array", "items": rung}}
    return _form(care.LADDER_KEYS, known, ("escalation", "steps"))


def _protocol() -> Schema:
    known: dict[str, Schema] = {
        "title": WORDING,
        "signs": _several(SIGNS),
        "customers say": {"type": "object", "additionalProperties": TEXTS},
        "stop": _several(STOPS),
        "within": LENGTH,
        "urgent": YES,
        "hand over": YES,
        "complaint": YES,
        "colleagues": WORDING,
        "reviewed by": _words(GRADES),
        "reviewed within": LENGTH,
    }
    return _form(care.PROTOCOL_KEYS, known, ("protocol", "call", "within"))


# --- authority --------------------------------------------------------------------------------------


def _authority() -> Schema:
    money: Schema = {"type": "string", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,6})? ?[A-Z]{3}$"}
    count: Schema = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]{1,6}$"}]}
    kinds = dict.fromkeys(authority.AMOUNTS, money) | dict.fromkeys(authority.COUNTS, count)
    one: Schema = {
        "anyOf": [_words((authority.NOTHING, authority.NO_LIMIT)), _form(authority.LIMIT_KEYS, kinds, minProperties=1)]
    }
    limits = _form(authority.HOLDERS, dict.fromkeys(authority.HOLDERS, one), authority.HOLDERS)
    undo: Schema = {"type": "object", "additionalProperties": LENGTH}
    known: dict[str, Schema] = {
        "in force from": DATE,
        "in force until": DATE,
        "acts": TEXTS,
        "because": WORDING,
        "limits": limits,
        "undo within": undo,
    }
    return _form(authority.KEYS, known, ("authority", "acts", "limits"))
