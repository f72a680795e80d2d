"""A scripted customer with a phone in hand: does what the representative's words ask for and reports what it shows.

The customer knows their card (who they are, where, what they want and would accept) and what their phone shows; never
the company's books, never what the exam expects. Each kind of wording of a request is known by its words, as a person
would know it, so that what is asked for badly is not done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.tau_telecom.phone import Phone

PATIENCE = 3  # the same words so often, and the customer leaves
NO_MORE = "No, that is all. Thank you."
YES = "Yes, please."
LOST = "I am not good with phones. Where do I find that?"
ANNOYED = "That did not help, which is a bit annoying."
_MESSAGING = {"app_name": "messaging"}

# What a request's words ask for → what is done on the phone, in this order.
_DO: tuple[tuple[str, tuple[tuple[str, Mapping[str, str]], ...]], ...] = (
    (r"turn airplane mode off", (("toggle_airplane_mode", {}),)),
    (r"take the SIM card out", (("reseat_sim_card", {}),)),
    (r"reset the access point", (("reset_apn_settings", {}),)),
    (r"turn data roaming on", (("toggle_roaming", {}),)),
    (r"turn mobile data on", (("toggle_data", {}),)),
    (r"turn data saver off", (("toggle_data_saver_mode", {}),)),
    (r"change the network mode to the one that prefers 4G and 5G",
     (("set_network_mode_preference", {"mode": "4g_5g_preferred"}),)),
    (r"disconnect the VPN", (("disconnect_vpn", {}),)),
    (r"turn wi-fi calling off", (("toggle_wifi_calling", {}),)),
    (r"payment request", (("check_payment_request", {}), ("make_payment", {}))),
    (r"restart the phone", (("reboot_device", {}),)),
)  # fmt: skip
_LOOK: tuple[tuple[str, tuple[str, Mapping[str, str]]], ...] = (
    (r"status bar", ("check_status_bar", {})),
    (r"network settings", ("check_network_status", {})),
    (r"check the SIM card", ("check_sim_status", {})),
    (r"speed test", ("run_speed_test", {})),
    (r"data restrictions", ("check_data_restriction_status", {})),
    (r"network mode that the phone prefers", ("check_network_mode_preference", {})),
    (r"check the VPN settings", ("check_vpn_status", {})),
    (r"check wi-fi calling", ("check_wifi_calling_status", {})),
    (r"send a picture message", ("can_send_mms", {})),
)
_PERMISSIONS = re.compile(r"permissions of the messaging app", re.IGNORECASE)
_ABROAD = re.compile(r"\babroad\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_PERSON_OF_I = ((r"^I mobile\b", "My mobile"),)


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply as the customer takes it in. ``asked`` and ``kind``: which question was put; "" when none."""

    text: str
    asked: str = ""
    kind: str = ""
    choices: tuple[str, ...] = ()


@dataclass
class Customer:
    card: Mapping[str, Any]
    phone: Phone
    persona: str = "None"
    goal: str = ""  # "speed", "pictures" or "signal"
    said: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    annoyed: bool = False

    @property
    def content(self) -> bool:
        """Whether what they came for works, as far as they can see."""
        phone = self.phone
        if self.goal == "speed":
            found = phone.speed()
            return found is not None and found[1] == "Excellent"
        return phone.can_send_pictures if self.goal == "pictures" else phone.has_service

    @property
    def opening(self) -> str:
        text = str(self.card["opening_1p"])
        for written, instead in _PERSON_OF_I:
            text = re.sub(written, instead, text)
        return text

    def open(self) -> str:
        return self._say(" ".join((*self.card["facts_1p"], self.opening)))

    def answer(self, heard: Heard) -> str:
        """What the customer says next; "" when they leave."""
        text = self._answer(heard)
        if not text or self.said.count(text) >= PATIENCE:
            return ""
        return self._say(text)

    def _say(self, text: str) -> str:
        self.said.append(text)
        return text

    def _answer(self, heard: Heard) -> str:
        if heard.kind == "confirm":
            return YES
        if heard.kind == "guide":
            return self._at_the_phone(heard)
        if heard.asked:
            return self._to_question(heard)
        if not self.content and self.opening not in " ".join(self.said[1:]):
            return f"It still does not work. {self.opening}"
        return NO_MORE if NO_MORE not in self.said else ""

    def _to_question(self, heard: Heard) -> str:
        about = f"{heard.asked} {heard.text}".casefold()
        if "phone number" in about:
            return next(iter(re.findall(r"[\d-]{10,}", " ".join(self.card["facts_1p"]))), "I don't know it.")
        if "gigabyte" in about:
            return "2 GB"
        if "abroad" in about or "home" in about:
            return next((one for one in self.card["facts_1p"] if "currently" in one), "I am at home.")
        return heard.choices[0] if heard.choices else " ".join(self.card["facts_1p"])

    def _at_the_phone(self, heard: Heard) -> str:
        wishes = [one for one in self.card["extra_wishes_1p"] if "plan" in one]
        if "another plan" in heard.text and wishes:
            return wishes[0]
        if self.persona == "Hard" and heard.asked not in self.lost and len(self.lost) < 2:
            self.lost.add(heard.asked)
            return LOST
        done, shown = self._follow(heard.text)
        if not done and not shown:
            return "Done."
        before = self.content
        words = [*(["Done."] if done else []), *(", ".join(one.split("\n")) for one in shown[-1:])]
        if done and shown and not before and not self.annoyed:
            self.annoyed = True
            words.append(ANNOYED)
        return " ".join(words)

    def _follow(self, text: str) -> tuple[list[str], list[str]]:
        """Do and look at what the words ask for; returns what the phone said to either."""
        done, shown = [], []
        for words, tools in _DO:
            if re.search(words, text, re.IGNORECASE):
                done += [self.phone.use(tool, given) for tool, given in tools]
        if _PERMISSIONS.search(text):
            done += self._allow()
        for words, (tool, given) in _LOOK:
            if re.search(words, text, re.IGNORECASE):
                shown.append(self.phone.use(tool, given))
        return done, shown

    def _allow(self) -> list[str]:
        allowed = self.phone.device["app_statuses"]["messaging"]["permissions"]
        self.phone.use("check_app_permissions", _MESSAGING)
        missing = [one for one in ("storage", "sms") if not allowed[one]]
        return [self.phone.use("grant_app_permission", {**_MESSAGING, "permission": one}) for one in missing] or ["ok"]
