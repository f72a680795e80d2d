"""The signs of a person in difficulty that are told from words, and what a protocol may stop."""

from __future__ import annotations

SIGNS: dict[str, str] = {
    "threat to life": "Somebody's life or health is in danger, or they speak of harming themselves.",
    "gambling harm": "Gambling has got out of hand.",
    "debt": "They cannot pay, or are being chased for debts.",
    "bereavement": "Somebody close to them has died.",
    "abuse": "They are controlled, threatened or hurt by somebody close to them.",
    "discrimination": "They say that they were treated worse for who they are.",
    "legal threat": "They announce lawyers, courts, the police or an authority.",
}

STOPS: dict[str, str] = {
    "selling": "Nothing is recommended, offered or sold.",
    "marketing": "No campaign, no newsletter.",
    "dunning": "No reminder of payment, no collection.",
    "identity quiz": "They are not asked to prove who they are before they are helped.",
    "surveys": "They are not asked how satisfied they are.",
}
