"""Who is asking: what the customer claims is held against the records, in proportion to what is asked.

Levels are those of ``vocabulary.IDENTITY_LEVELS``. An order number with the e-mail or postcode of that order gives
"order matched"; a code sent to the address in the shop's own record gives "e-mail confirmed". What does not match is
answered in the same words as what does not exist.
"""

from __future__ import annotations

import re

from courtesy.commerce.port import Order, ShopCustomer
from courtesy.conversations import journal
from courtesy.customers import joining, proving
from courtesy.language.understanding import Question, Understanding
from courtesy.pack.vocabulary import IDENTITY_LEVELS
from courtesy.representative import asking
from courtesy.representative.memory import Task
from courtesy.representative.situation import PERSONAL, Situation

TRIES = 3
PERHAPS = "perhaps postcode"  # a claim: bare numbers that may be a postcode, in a message that names an order
_BARE_NUMBER = re.compile(r"(?<![\w.,-])\d{4,6}(?![\w-]|[.,]\d)")
MOST_BARE = 2  # more of them are a list to try out, not an answer

# What an unproven match of records is worth, unless the pack says otherwise.
USUAL_LEVELS = {
    "order number and e-mail": "order matched",
    "order number and postcode": "order matched",
    "e-mail": "recognised",
    "name and postcode": "recognised",
}


def level_for(situation: Situation, evidence: str) -> str:
    given = situation.pack.company.identity.get(evidence)
    return given if given in IDENTITY_LEVELS else USUAL_LEVELS[evidence]


def _bare(text: str) -> str:
    return re.sub(r"[\s\-]", "", text).casefold()


def claim(situation: Situation, understanding: Understanding) -> None:
    """Remember who the customer says they are. Claims are held against records later; they prove nothing."""
    claims = situation.dialogue.claims
    for kind in ("postcode", "name", "phone"):
        if entity := understanding.entity(kind):
            claims[kind] = str(entity.value)
    if emails := [str(one.value) for one in understanding.entities if one.kind == "e-mail"]:
        known = [one for one in emails if len(emails) > 1 and situation.shop.customer_by_email(one)]
        claims["e-mail"] = (known or emails)[0]
    numbers = {str(one.value) for one in understanding.entities if one.kind == "order number"}
    if len(numbers) == 1:
        claims["order number"] = numbers.pop()
        if bare := _bare_numbers(understanding):
            claims[PERHAPS] = bare
    if (address := understanding.entity("address")) and isinstance(address.value, dict):
        for part in ("postcode", "name"):
            if address.value.get(part):
                claims.setdefault(part, address.value[part])


def _bare_numbers(understanding: Understanding) -> str:
    """ "TF-10116 33003": numbers beside an order number that belong to nothing else, or "" when there are several."""
    taken = [one.span for one in understanding.entities if one.kind not in ("quantity", "number", "postcode")]
    found = [
        one.group()
        for one in _BARE_NUMBER.finditer(understanding.text)
        if not any(start < one.end() and one.start() < end for start, end in taken)
    ]
    return " ".join(found) if len(found) <= MOST_BARE else ""


def accepts_claims(situation: Situation) -> bool:
    """Whether the pack takes what a person merely knows of themselves for proof enough to see their orders."""
    enough = IDENTITY_LEVELS.index("order matched")
    return any(IDENTITY_LEVELS.index(level_for(situation, one)) >= enough for one in PERSONAL)


def match_customer(situation: Situation) -> ShopCustomer | None:
    """Who the claims point to without an order: by e-mail, or by name and postcode when that is one person."""
    claims = situation.dialogue.claims
    if (email := claims.get("e-mail")) and (found := situation.shop.customer_by_email(email)):
        _raise(situation, found.id, level_for(situation, "e-mail"), "e-mail")
        return found
    if claims.get("name") and claims.get("postcode"):
        people = situation.shop.customers_by_name(claims["name"], claims["postcode"])
        if len(people) == 1:
            _raise(situation, people[0].id, level_for(situation, "name and postcode"), "name and postcode")
            return people[0]
    return None


def match_order(situation: Situation, order: Order) -> bool:
    """Whether the claims match this order; raises the level when they do."""
    claims = situation.dialogue.claims
    owner = situation.shop.customer(order.customer)
    emails = {_bare(order.email), _bare(owner.email) if owner else ""} - {""}
    if claims.get("e-mail") and _bare(claims["e-mail"]) in emails:
        level = level_for(situation, "order number and e-mail")
        _raise(situation, order.customer, level, "order number and e-mail", order.number)
        return True
    postcodes = {_bare(order.address.postcode), _bare(owner.address.postcode) if owner else ""} - {""}
    said = {_bare(one) for one in (claims.get("postcode", ""), *claims.get(PERHAPS, "").split()) if one}
    if said & postcodes:
        level = level_for(situation, "order number and postcode")
        _raise(situation, order.customer, level, "order number and postcode", order.number)
        return True
    return False


def placed_here(situation: Situation, shop_customer: str, order: str) -> None:
    """Whoever placed an order in this very talk is known for that order, and for nothing else."""
    _raise(situation, shop_customer, "order matched", "order placed here", order)


def _raise(situation: Situation, shop_customer: str, level: str, evidence: str, order: str = "") -> None:
    """Note a better proof, and the ``order`` that it was given for. A proof for another customer replaces the old one:
    one person for each conversation."""
    conversation, dialogue = situation.conversation, situation.dialogue
    same = dialogue.shop_customer == shop_customer
    if dialogue.shop_customer and not same and situation.identity_at_least("e-mail confirmed"):
        return
    if same and situation.identity_at_least(level):
        if evidence in PERSONAL and level_for(situation, evidence) == conversation.identity:
            dialogue.proof = evidence
        return
    dialogue.shop_customer, dialogue.proof = shop_customer, evidence
    conversation.identity = level
    conversation.identity_order = order
    conversation.save(update_fields=["identity", "identity_order"])
    journal.write(
        "identity",
        actor="representative",
        at=situation.at,
        conversation=conversation.pk,
        content={"level": level, "evidence": evidence, "shop customer": shop_customer},
    )


def ask_who(situation: Situation, task: Task) -> None:
    """Ask for the e-mail address, or send a code when the address is known and more is needed than a claim."""
    email = situation.dialogue.claims.get("e-mail")
    if email and email == situation.dialogue.code_for and proving.awaits(situation.conversation.pk, situation.at):
        asking.ask(situation, task, Question("code", "code"), "ask: code", address=masked(email))  # no second mail
        return
    task.tries["who"] = task.tries.get("who", 0) + 1
    if task.tries["who"] > TRIES:
        asking.needs_person(situation, "it could not be found out who is asking")
        return
    if email:
        send_code(situation, task, email)
        return
    asking.ask(situation, task, Question("e-mail", "identity"), "ask: e-mail")


def send_code(situation: Situation, task: Task, email: str) -> None:
    """Send a code to the address if the shop knows it; the words are the same either way."""
    situation.dialogue.code_for = email
    code = proving.new_code(situation.conversation.pk, email.strip().lower(), situation.at)
    if code is None:
        situation.say("code expired")
        asking.needs_person(situation, "too many codes were asked for")
        return
    if situation.shop.customer_by_email(email) is not None:
        situation.codes.append((email, code))
    asking.ask(situation, task, Question("code", "code"), "ask: code", address=masked(email))


def take_code(situation: Situation, task: Task, code: str) -> None:
    """Check a code that the customer typed."""
    outcome, address = proving.check_code(situation.conversation.pk, code, situation.at)
    owner = situation.shop.customer_by_email(address) if address else None
    if outcome == "right" and owner is not None:
        situation.dialogue.question = None
        situation.customer = joining.confirm_email(situation.conversation, address, owner.id, situation.at)
        _raise(situation, owner.id, "e-mail confirmed", "code by e-mail")
        situation.say("identity confirmed", name=owner.first_name)
        return
    situation.dialogue.failed_proofs += 1
    if situation.dialogue.failed_proofs >= TRIES:
        situation.say("code wrong" if outcome == "wrong" else "code expired")
        asking.needs_person(situation, "identity could not be proven")
    elif outcome == "expired":
        situation.say("code expired")
        send_code(situation, task, situation.dialogue.code_for or situation.dialogue.claims.get("e-mail", ""))
    else:
        situation.say("code wrong")
        asking.ask(situation, task, Question("code", "code"), "ask: code", address=masked(situation.dialogue.code_for))


def masked(email: str) -> str:
    """``ana.ruiz@example.com`` → ``a…z@example.com``."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…{name[-1:]}@{domain}" if len(name) > 1 else f"…@{domain}"
