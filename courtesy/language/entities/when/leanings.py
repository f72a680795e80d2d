"""Whether a message speaks of what was or of what is to come, and whether a day or time begins or ends something."""

from __future__ import annotations

import re

_PAST = re.compile(
    r"\b(?:was|were|did|had|been|ago|last|since|yesterday|ordered|bought|paid|arrived|received|spent|sent|lost|got|"
    r"made|"
    r"came|went|happened|charged|cancelled|canceled|returned|delivered|broke|placed|purchased|hasnt|havent|"
    r"[a-z]{3,12}ed (?:on|it|them|the|my|this)|pedi|compre|pague|recibi|llego|hice|hace|estaba|fue|llegaba|enviaron|"
    r"habia|habeis|ha llegado|devolvi|hatte|habe|war|wurde|bestellt|gekauft|bezahlt|seit|vor)\b|买了|订了|下单|"
    r"收到|付了|了|过"
)
_FUTURE = re.compile(
    r"\b(?:will|ill|well be|going to|gonna|want|need|book|reserve|please|can i|can you|could i|could you|can we|arrive|"
    r"arriving|coming|leave|leaving|depart|check ?in|check ?out|until|till|starting|from|would|like to|stay|room|"
    r"how about|what about|make it|until|tomorrow|next|available|availability|nights?|schedule|set up|no later|"
    r"quiero|quisiera|necesito|puedo|podria|llegara|llegaremos|vendra|reservar|hasta|manana|proximo|que viene|voy a|"
    r"mochte|kann|konnen|werde|wird|brauche|bitte|bis|nachst\w*)\b|要|想|会|能|请|到时|打算|预订"
)
_STRONG_PAST = re.compile(
    r"\b(?:ago|ordered|bought|paid|arrived|received|spent|spend|sent|lost|happened|charged|was|were|did|yesterday|"
    r"since|hasnt|havent|been|placed|purchased|pedi|compre|pague|recibi|llego|desde|hace|bestellt|gekauft|habe|seit)\b"
    r"|买了|订了|下的单|收到|付了|了"
)

_FROM = re.compile(
    r"(?:\b(?:from|since|starting|starts?|beginning|begins?|between|as of|desde|del?|a partir de|entre|ab|von|vom|seit|"
    r"(?:arriv(?:e|es|ing|al)|arriving|check(?:ing)? ?in|come|coming|stay|check-?in|llego|llegamos|llegare|"
    r"llegaremos|entrada|ankunft)"
    r"(?: (?:date|day))?)(?: (?:on|in|at|to|from|around|is|it))?(?: (?:the|a|el|los|dem|den|this|next|only))? ?|从|"
    r"自|到达|入住)$"
)
_TO = re.compile(
    r"(?:\b(?:until|till|til|through|thru|up to|leav(?:e|es|ing)|depart(?:s|ing)?|check(?:ing)? ?out|check-?out|no "
    r"later than|end(?:s|ing)?|"
    r"hasta|salgo|salimos|salida|bis|abreise)(?: (?:date|day))?(?: (?:on|in|at|to|from|around|is|of|zum))?"
    r"(?: (?:the|a|el|dem|den|this|next))? ?|(?:至|到|离开|退房))$"
)
_JOIN = re.compile(r"(?: (?:to|and|al?|y|-|–|bis|und)(?: (?:the|el|zum))?| ?[-–—]|到|至|和) ?$")
_RANGE = re.compile(
    r"^(?: (?:night|morning|afternoon|evening))?(?: (?:to|until|till|through|thru|and|al?|y|hasta|bis|und|-|–)| "
    r"?[-–—]|到|至) ?"
    r"(?:(?:the|el|next|this|dem) )?(?:\d|[一二三四五六七八九十下周明后]|(?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)day|tomorrow|today|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|"
    r"ene|abr|ago|dic|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|quarter|half|noon|midnight)"
)
_AFTER = re.compile(r"\bafter (?:the )?$")
_NEAR_PAST = re.compile(r"yesterday|this (?:morning|evening|afternoon)|last night|ago|back|hace|ayer|昨|前|刚")
_STAY = re.compile(
    r"^,? for (?:a|an|one|two|three|four|five|six|seven|\d{1,2}) (?:nights?|days?|weeks?)\b|^ durante |^,? por \d+ "
    r"noches?"
)
_STAY_BEFORE = re.compile(
    r"\b(?:nights?|noches?|weeks?|days?|booking|reservation|room)(?:,| for| on| from| starting| starting on| beginning)"
    r"(?: on)?(?: the)? $"
)
_AT_TIME = re.compile(r"^ (?:at|a las?|um) ")
_TIME_FROM = re.compile(
    r"\b(?:from|since|between|starting(?: at| from)?|starts? at|desde las?|entre las?|ab|von|seit|zwischen)(?: "
    r"around| about)? $|从$"
)
_TIME_TO = re.compile(
    r"\b(?:until|till|ending(?: at)?|ends? at|leav\w+ (?:\w+ ){0,2}(?:at|before|by)|hasta las?|bis)(?: around| "
    r"about)? $|(?:到|至)$"
)


def leaning(flat: str) -> str:
    """ "past", "future" or "" for what cannot be told."""
    if _STRONG_PAST.search(flat):
        return "past"
    if _FUTURE.search(flat):
        return "future"
    return "past" if _PAST.search(flat) else ""


def role(flat: str, start: int, end: int) -> str:
    """What a day or time at this place is of something: its beginning "from", its end "to", or nothing of that."""
    before, after = flat[max(0, start - 40) : start], flat[end : end + 24]
    ranged = _RANGE.match(after) is not None
    if (
        _NEAR_PAST.search(flat, start, end)
        and not ranged
        and not re.search(r"\b(?:since|starting|desde|seit) (?:the )?$", before)
    ):
        return ""
    if _TO.search(before):
        return "to"
    if _FROM.search(before):
        return "from"
    joined = _JOIN.search(before)
    if joined and re.search(
        r"\d|day\b|st\b|nd\b|rd\b|th\b|tomorrow|today|[a-z]{3}$|m\.?$", before[: joined.start()][-12:]
    ):
        opened = re.search(r"\b(?:from|between|check ?in|arriv\w+|entre|del|desde|von|vom)\b|^|for", before)
        if opened and _counts_as_range(before[: joined.start()]):
            return "to"
    if ranged or _AFTER.search(before) or _STAY.match(after):
        return "from"
    return "from" if _STAY_BEFORE.search(before) and not _AT_TIME.match(after) else ""


def time_role(flat: str, start: int, end: int) -> str:
    """The same for a time of day; "after" and "before" alone begin and end nothing."""
    before, after = flat[max(0, start - 40) : start], flat[end : end + 24]
    if _TIME_TO.search(before):
        return "to"
    if _TIME_FROM.search(before):
        return "from"
    joined = _JOIN.search(before)
    if joined and _counts_as_range(before[: joined.start()]):
        return "to"
    return "from" if _RANGE.match(after) and not re.match(r" (?:to|and|y|und) (?!\d)", after) else ""


def _counts_as_range(before: str) -> bool:
    """Whether a day or a time stands right before."""
    return bool(
        re.search(
            r"(?:\d{1,4}(?:st|nd|rd|th|º|[日号点])?|(?:mon|tues|wednes|thurs|fri|satur|sun|to)day|tomorrow|january|"
            r"february|march|april|"
            r"may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
            r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|[ap]\.?m\.?|morning|afternoon|evening|"
            r"night)$",
            before,
        )
    )
