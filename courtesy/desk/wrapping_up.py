"""Wrap-up codes: how a conversation ended, said by the colleague who closes it, in the company's own words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courtesy.pack.model import Company


def problem_of(company: Company, code: str) -> str:
    """Why it cannot be closed with this code ("": none), "" when it can."""
    if code and code not in company.wrap_up_codes:
        return _("There is no such wrap-up code.")
    if not code and company.wrap_up_needed:
        return _("Say first how it ended.")
    return ""
