"""How the customer feels, and what endangers them or us: told from phrases, from likeness to sentences, from "
"shouting."""

from __future__ import annotations

import regex

from courtesy.language import felt
from courtesy.language.text import Heard
from courtesy.language.understanding import Feelings

_LETTERS = regex.compile(r"\p{Lu}")
_LOWER = regex.compile(r"\p{Ll}")
_CLAUSE = regex.compile(r"[^.!?。！？；;\n]+")
_PARTS = regex.compile(r"(?:,|，| but | pero | sino | aber |但是|不过|可是)")
_NOT = regex.compile(
    r"(?:\b(?:not|no|never|isnt|wasnt|arent|werent|dont|didnt|doesnt|without|nor|sin|nadie|nunca|tampoco)\b(?: "
    r"\w+){0,2} ?"
    r"|(?:没有|没|不是|并不|不|无|别|未)[^，。]{0,3})$"
)
_OVER = regex.compile(r"\b(?:not only|no solo|not just)\b")
_TOLD_OF = frozenset(
    {"danger", "self-harm", "gambling", "abuse", "legal", "churn"}
)  # outspoken; a negation must stand close
_MOST_CLAUSES = 40
_VITAL = frozenset({"danger", "self-harm"})
_GUESSED = 0.55  # the most that likeness alone says of these: a colleague sees it, no alarm is raised
_BRIEF = 0.4  # the most that likeness alone says of one word
_HAN_WORD = 2
_CLAUSE_LENGTH = 600  # characters of one that are looked at
_SHOWN = 0.8  # what a phrase alone says
_GRAVE = 0.9  # the same for what endangers
_TOLD = 0.5  # from here words are given as evidence
_LONGEST = 120  # characters of evidence


def feel(heard: Heard, languages: tuple[str, ...], language: str = "") -> Feelings:
    """Each 0 to 1, with the words that showed it; ``language`` is the message's, when known. Negated words do "
    "not count."""
    strength: dict[str, float] = dict.fromkeys(felt.NAMES, 0.0)
    evidence: dict[str, str] = {}
    spoken = [one for one in ((language,) if language in felt.languages() else languages) if one in felt.languages()]
    for clause in _clauses(heard):
        for one in spoken:
            for name, (value, words) in _in_clause(clause, one).items():
                if value > strength[name]:
                    strength[name] = value
                    if value >= _TOLD:
                        evidence[name] = words[:_LONGEST]
    if _shouts(heard.clean):
        strength["anger"] = min(1.0, strength["anger"] + 0.3)
    if strength["anger"] >= 0.3 and heard.clean.count("!") + heard.clean.count("！") >= 2:
        strength["anger"] = min(1.0, strength["anger"] + 0.2)
    if strength["self-harm"] > strength["danger"]:
        strength["danger"] = strength["self-harm"]
        evidence["danger"] = evidence.get("self-harm", "")
    return Feelings(
        anger=strength["anger"], distress=strength["distress"], urgency=strength["urgency"],
        danger=strength["danger"], sarcasm=strength["sarcasm"], churn=strength["churn"], legal=strength["legal"],
        self_harm=strength["self-harm"], gambling=strength["gambling"], abuse=strength["abuse"],
        evidence={name: words for name, words in evidence.items() if words},
    )  # fmt: skip


def _clauses(heard: Heard) -> list[str]:
    """The sentences, and the parts of those that turn or are joined; of a rant, its beginning and its end."""
    found: list[str] = []
    for sentence in _CLAUSE.findall(heard.flat):
        found.append(sentence.strip())
        parts = [part.strip() for part in _PARTS.split(sentence)]
        if len(parts) > 1:
            found += [part for part in parts if len(part) >= 12 or (len(part) >= 4 and ord(part[0]) > 0x2E80)]
    if len(found) > _MOST_CLAUSES:
        found = found[: _MOST_CLAUSES // 2] + found[-_MOST_CLAUSES // 2 :]
    return [clause if len(clause) <= _CLAUSE_LENGTH else clause[:_CLAUSE_LENGTH] for clause in found if clause]


def _in_clause(clause: str, language: str) -> dict[str, tuple[float, str]]:
    """Feeling → how strongly a clause shows it, and the words that do."""
    found: dict[str, tuple[float, str]] = {}
    likely = felt.model(language).probabilities(clause)
    brief = 1.0 if " " in clause or (len(clause) >= 3 * _HAN_WORD and ord(clause[0]) > 0x2E80) else _BRIEF
    for name in felt.NAMES:
        pattern = felt.page(language).patterns.get(name)
        shown = pattern.search(clause) if pattern else None
        if shown is None:
            found[name] = (min(likely[name], _GUESSED if name in _VITAL else brief), clause)
        elif _negated(clause[: shown.start()], name):
            found[name] = (0.0, "")
        else:
            plain = _GRAVE if name in _VITAL else _SHOWN
            found[name] = (max(plain, likely[name]), shown[0])
    return found


def _negated(before: str, name: str) -> bool:
    hit = _NOT.search(before)
    if hit is None or _OVER.search(before):
        return False
    return name not in _TOLD_OF or len(hit[0].split()) <= 2


def _shouts(text: str) -> bool:
    upper, lower = len(_LETTERS.findall(text)), len(_LOWER.findall(text))
    return upper >= 12 and upper > 3 * lower
