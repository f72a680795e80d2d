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
HOLDERS = (gettext_noop("automatic representative"),)  # beside the grades, on the page of what each may decide
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
MOVES = (
    gettext_noop("wants"),
    gettext_noop("asks"),
    gettext_noop("gives"),
    gettext_noop("corrects"),
    gettext_noop("chooses"),
    gettext_noop("agrees"),
    gettext_noop("declines"),
    gettext_noop("thanks"),
    gettext_noop("greets"),
    gettext_noop("says goodbye"),
    gettext_noop("complains"),
    gettext_noop("threatens"),
    gettext_noop("manipulates"),
    gettext_noop("stops"),
    gettext_noop("wants a person"),
    gettext_noop("wants repeat"),
    gettext_noop("asks why"),
    gettext_noop("asks who"),
    gettext_noop("changes language"),
    gettext_noop("later"),
    gettext_noop("none"),
)
DETAILS = (
    gettext_noop("order number"),
    gettext_noop("e-mail"),
    gettext_noop("phone"),
    gettext_noop("money"),
    gettext_noop("date"),
    gettext_noop("quantity"),
    gettext_noop("product"),
    gettext_noop("postcode"),
    gettext_noop("card number"),
    gettext_noop("iban"),
    gettext_noop("address"),
    gettext_noop("name"),
    gettext_noop("url"),
    gettext_noop("number"),
    gettext_noop("size"),
    gettext_noop("colour"),
    gettext_noop("code"),
    gettext_noop("time"),
    gettext_noop("period"),
    gettext_noop("duration"),
    gettext_noop("people"),
    gettext_noop("invoice number"),
    gettext_noop("account number"),
    gettext_noop("reference"),
)
FEELINGS = (
    gettext_noop("anger"),
    gettext_noop("distress"),
    gettext_noop("urgency"),
    gettext_noop("danger"),
    gettext_noop("sarcasm"),
    gettext_noop("churn"),
    gettext_noop("legal"),
    gettext_noop("self harm"),
    gettext_noop("gambling"),
    gettext_noop("abuse"),
)
SPEAKERS = (
    gettext_noop("customer"),
    gettext_noop("representative"),
)
