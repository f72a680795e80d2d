"""What is written to a customer about a complaint, from the pack's phrases and what was decided."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from courtesy.conversations.models import Complaint
from courtesy.pack.complaining import recourse_for
from courtesy.pack.model import Pack
from courtesy.representative.values import Saying
from courtesy.representative.wording import word


def answer_text(pack: Pack, complaint: Complaint, language: str) -> str:
    """The decision with its reasons, the solution, the alternatives, and who decides when that is not enough."""
    sayings = [Saying("complaint answer", {"number": complaint.case.number, "answer": complaint.answer})]
    if complaint.solution:
        sayings.append(Saying("complaint solution", {"solution": complaint.solution}))
    if complaint.alternatives:
        sayings.append(Saying("complaint alternatives", {"alternatives": list(complaint.alternatives)}))
    return word([*sayings, *_recourse(pack, complaint, language)], pack, _spoken(pack, language))


def overdue_text(pack: Pack, complaint: Complaint, due: datetime, language: str) -> str:
    """That the promised day was missed, and who else can decide."""
    day = due.astimezone(ZoneInfo(pack.company.time_zone)).date()
    first = Saying("complaint overdue", {"number": complaint.case.number, "due": day})
    return word([first, *_recourse(pack, complaint, language)], pack, _spoken(pack, language))


def _recourse(pack: Pack, complaint: Complaint, language: str) -> list[Saying]:
    spoken = _spoken(pack, language)
    return [
        Saying(
            "complaint recourse",
            {"body": body.name, "how": body.how.get(spoken) or next(iter(body.how.values()), ""), "url": body.url},
        )
        for body in recourse_for(pack, complaint.country, complaint.category)
    ]


def _spoken(pack: Pack, language: str) -> str:
    return language if language in pack.company.languages else pack.company.languages[0]
