"""News of incidents: whoever was told of one hears through their own channel what changed, and once that it is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtesy.channels import delivery
from courtesy.conversations import finding, messages
from courtesy.conversations.incidents import suspecting, telling
from courtesy.conversations.models import Conversation, Incident, Message, Told
from courtesy.pack import editions
from courtesy.pack.model import Pack
from courtesy.representative import known_trouble


def look(at: datetime) -> dict[str, int]:
    """Bring the news that is owed, and look for bursts: how many were told, and how many bursts are new."""
    return {"told": bring(at), "suspected": suspecting.look(at)}


def bring(at: datetime) -> int:
    """Tell everybody who is behind with the news; returns how many were told. Safe to call at any time and again."""
    pack = editions.in_force(at)
    return sum(_tell(row, pack, at) for row in telling.behind(at))


@transaction.atomic
def _tell(row: Told, pack: Pack, at: datetime) -> int:
    """One conversation. While the customer waits for the representative its turn comes first; while a colleague
    speaks, they are given the words and speak for us, so that there is one voice."""
    conversation = finding.hold(row.conversation_id)
    incident = Incident.objects.get(pk=row.incident_id)
    row = Told.objects.get(pk=row.pk)
    by_representative = conversation.speaker == Conversation.Speaker.REPRESENTATIVE
    if row.news >= incident.news or (by_representative and finding.waits(conversation.pk)):
        return 0
    languages = pack.company.languages
    language = conversation.language if conversation.language in languages else languages[0]
    words = known_trouble.news_text if row.news or incident.status == Incident.Status.OVER else known_trouble.first_text
    text = words(pack, incident, language, at)
    held = conversation.holder_id is not None and conversation.status != Conversation.Status.CLOSED
    before = {"status": conversation.status, "due_at": conversation.due_at, "closed_at": conversation.closed_at}
    message = messages.say(
        conversation,
        author=Message.Author.REPRESENTATIVE,
        text=f"{incident.number}\n\n{text}" if held else text,
        at=at,
        language=language,
        internal=held,
        answers=f"incident:{row.pk}:{incident.news}",
    )
    if not held:
        delivery.send(message)
        if before["status"] != Conversation.Status.WAITING:
            Conversation.objects.filter(pk=conversation.pk).update(**before)
    telling.note_told(incident, conversation, pack.company.teams[0], at, place_known=row.place_known)
    return 1
