"""Words that stand in the records and are shown in the colleague's language; named here so that they are translated."""

from __future__ import annotations

from django.utils.translation import gettext_noop

IDENTITY = (
    gettext_noop("unknown"),
    gettext_noop("recognised"),
    gettext_noop("order matched"),
    gettext_noop("e-mail confirmed"),
    gettext_noop("signed in"),
)
GRADES = (
    gettext_noop("trainee"),
    gettext_noop("representative"),
    gettext_noop("senior"),
    gettext_noop("team lead"),
    gettext_noop("manager"),
)
ORDERS = (
    gettext_noop("pending"),
    gettext_noop("paid"),
    gettext_noop("packed"),
    gettext_noop("shipped"),
    gettext_noop("delivered"),
    gettext_noop("cancelled"),
    gettext_noop("return requested"),
    gettext_noop("returned"),
    gettext_noop("exchange requested"),
    gettext_noop("items changed"),
)
PARCELS = (
    gettext_noop("label made"),
    gettext_noop("in transit"),
    gettext_noop("out for delivery"),
    gettext_noop("delivered"),
    gettext_noop("delayed"),
    gettext_noop("lost"),
    gettext_noop("returned to sender"),
)
RETURNS = (
    gettext_noop("open"),
    gettext_noop("received"),
    gettext_noop("refunded"),
    gettext_noop("rejected"),
    gettext_noop("closed"),
)
COMPLAINTS = (
    gettext_noop("registered"),
    gettext_noop("investigating"),
    gettext_noop("answered"),
    gettext_noop("upheld"),
    gettext_noop("partly upheld"),
    gettext_noop("not upheld"),
    gettext_noop("withdrawn"),
    gettext_noop("running"),
    gettext_noop("paused"),
    gettext_noop("kept"),
    gettext_noop("broken"),
    gettext_noop("stopped"),
    gettext_noop("all"),
)
