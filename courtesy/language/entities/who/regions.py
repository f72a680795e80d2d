"""States of the United States: their letters by name, and by the first digits of the zip code."""

from __future__ import annotations

from bisect import bisect_right

STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip

# The first three digits from which a state begins, by the postal service's list of prefixes; "" where none is told.
_FROM = (
    (5, "NY"), (6, "PR"), (8, ""), (9, "PR"), (10, "MA"), (28, "RI"), (30, "NH"), (39, "ME"), (50, "VT"), (55, "MA"),
    (56, "VT"), (60, "CT"), (70, "NJ"), (90, ""), (100, "NY"), (150, "PA"), (197, "DE"), (200, "DC"), (201, "VA"),
    (202, "DC"), (206, "MD"), (220, "VA"), (247, "WV"), (269, ""), (270, "NC"), (290, "SC"), (300, "GA"), (320, "FL"),
    (340, ""), (341, "FL"), (350, "AL"), (370, "TN"), (386, "MS"), (398, "GA"), (400, "KY"), (428, ""), (430, "OH"),
    (460, "IN"), (480, "MI"), (500, "IA"), (529, ""), (530, "WI"), (550, "MN"), (568, ""), (570, "SD"), (578, ""),
    (580, "ND"), (589, ""), (590, "MT"), (600, "IL"), (630, "MO"), (659, ""), (660, "KS"), (680, "NE"), (694, ""),
    (700, "LA"), (715, ""), (716, "AR"), (730, "OK"), (733, "TX"), (734, "OK"), (750, "TX"), (800, "CO"), (817, ""),
    (820, "WY"), (832, "ID"), (839, ""), (840, "UT"), (848, ""), (850, "AZ"), (866, ""), (870, "NM"), (885, "TX"),
    (886, ""), (889, "NV"), (899, ""), (900, "CA"), (962, ""), (967, "HI"), (969, ""), (970, "OR"), (980, "WA"),
    (995, "AK"),
)  # fmt: skip


def state_of(name: str) -> str:
    """The letters of a state by its name or its letters, else ""."""
    known = STATES.get(name.strip(" .").casefold(), "")
    return known or (name.strip(" .") if name.strip(" .") in STATES.values() else "")


def state_of_zip(code: str) -> str:
    """The state a zip code lies in, else ""."""
    if len(code) < 5 or not code[:5].isdigit():
        return ""
    place = bisect_right(_FROM, (int(code[:3]), "~"))
    return _FROM[place - 1][1] if place else ""
