"""The company page: reachable, open at some time, and nothing that contradicts itself."""

from __future__ import annotations

import re

from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Pack, Place
from courtesy.pack.vocabulary import IDENTITY_LEVELS

CHANNELS = ("chat", "email")
EVIDENCE = ("e-mail", "name and postcode", "order number and e-mail", "order number and postcode")
PROVABLE = IDENTITY_LEVELS[: IDENTITY_LEVELS.index("order matched") + 1]  # by what somebody merely knows

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def check_company(pack: Pack, mistakes: Mistakes) -> None:
    company = pack.company
    place = Place(f"{pack.name}/company.yaml", 1)
    if not any(day.spans for day in company.hours):
        mistakes.error(place, "the company is never open", "Write 'hours: {monday to friday: 09:00-18:00}'.")
    if company.mail_address and not _ADDRESS.fullmatch(company.mail_address):
        mistakes.error(place, f"'{company.mail_address}' is not an e-mail address", "Correct 'mail address'.")
    if len(set(company.teams)) != len(company.teams):
        mistakes.error(place, "a team is named twice", "Keep one of them.")
    for channel in company.response_times:
        if channel not in CHANNELS:
            mistakes.error(place, f"there is no channel '{channel}' in 'response times'", suggest(channel, CHANNELS))
    for evidence, level in company.identity.items():
        if evidence not in EVIDENCE:
            mistakes.error(place, f"'{evidence}' proves nothing in 'identity'", suggest(evidence, EVIDENCE))
        if level not in IDENTITY_LEVELS:
            mistakes.error(place, f"'{level}' is not a level of identity", suggest(level, IDENTITY_LEVELS))
        elif level not in PROVABLE:
            mistakes.error(
                place,
                f"'{evidence}' cannot prove '{level}': others may know it too",
                f"At most: {PROVABLE[-1]}. A code by e-mail proves more.",
            )
    for name, address in company.departments.items():
        if not _ADDRESS.fullmatch(address) or address.casefold() == company.mail_address.casefold():
            mistakes.error(
                place, f"'{address}' is no address of the department '{name}'", "Write one that is not ours."
            )
    known = (*company.teams, *company.departments)
    if company.questions_to and company.questions_to not in known:
        problem = f"'{company.questions_to}' in 'questions to' is neither a team nor a department"
        mistakes.error(place, problem, suggest(company.questions_to, known))
    for language, team in company.other_languages.items():
        if language in company.languages:
            mistakes.error(place, f"'{language}' is spoken already", "Take it out of 'other languages'.")
        if team not in company.teams:
            mistakes.error(place, f"'{team}' in 'other languages' is no team", suggest(team, company.teams))
    for code, names in company.wrap_up_codes.items():
        if not _CODE.fullmatch(code):
            mistakes.error(place, f"'{code}' is no wrap-up code", "Write small letters, digits and hyphens.")
        for language in company.languages:
            if not names.get(language):
                mistakes.warn(
                    place, f"The wrap-up code '{code}' has no name in '{language}'", "Name it as people say it."
                )
    if company.wrap_up_needed and not company.wrap_up_codes:
        mistakes.error(place, "'wrap-up needed' without 'wrap-up codes'", "List the codes, or take it out.")
    for language in company.languages:
        if not company.about.get(language):
            mistakes.warn(place, f"'about' is missing in '{language}'", "Say in a sentence what the company does.")
