"""What ``courtesy serve`` says at the terminal: steps, addresses, and the first sign-in, once."""

from __future__ import annotations

import sys

from django.conf import settings

from courtesy.config.environment import read, read_number
from courtesy.config.starting import FirstSignIn
from courtesy.pack import editions


def step(says: str) -> None:
    print(f"courtesy: {says}", file=sys.stderr, flush=True)


def ready(first: FirstSignIn | None, *, mail: bool) -> None:
    """The addresses. Goes to standard output so that it is not mixed with the log."""
    company = editions.in_force().company
    address = settings.COURTESY_URL
    lines = [
        "",
        f"  {company.name} is open.",
        "",
        f"  Customers chat   {address}/chat/",
        f"  Help centre      {address}/help/",
        f"  Desk             {address}/desk/",
        f"  API              {address}/api/v1/openapi.json",
        f"  Mail             {_mail(company.mail_address) if mail else 'off'}",
        "",
    ]
    if first is not None:
        lines += [
            f"  Sign in at the desk as {first.email} with the password {first.password}",
            "  It is shown only now; you choose your own at the first sign-in.",
            "",
        ]
    else:
        lines += ["  Lost the password? courtesy user add EMAIL makes a new sign-in.", ""]
    print("\n".join(lines), flush=True)


def _mail(company_address: str) -> str:
    doors = [
        f"SMTP {read('COURTESY_SMTP_HOST')}:{port} for {company_address}"
        for port in [read_number("COURTESY_SMTP_PORT")]
        if port
    ]
    doors += [f"LMTP {read('COURTESY_SMTP_HOST')}:{port}" for port in [read_number("COURTESY_LMTP_PORT")] if port]
    doors += ["mailbox read" for box in [read("COURTESY_MAIL_IN")] if box]
    out = "" if read("COURTESY_MAIL_OUT") else "; outgoing mails are kept as files in the data folder's outbox"
    return (", ".join(doors) or "no door open") + out
