"""What a colleague may see and decide. Every look-up at the desk goes through here."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from courtesy.channels.models import Received
from courtesy.conversations.models import Case, Complaint, Conversation, Document, Message
from courtesy.policy.models import Approval
from courtesy.workforce.models import Colleague


def sees_everything(colleague: Colleague) -> bool:
    return colleague.has_grade(Colleague.Grade.TEAM_LEAD)


def conversations_visible_to(colleague: Colleague) -> QuerySet[Conversation]:
    """Team leads and managers see all; others their own, their teams', those of no team, and those where one of their
    teams is asked to decide something."""
    if sees_everything(colleague):
        return Conversation.objects.all()
    teams = list(colleague.teams.values_list("pk", "name"))
    asked = Approval.objects.filter(conversation=OuterRef("pk"), asked_of__in=[name for _, name in teams])
    return Conversation.objects.filter(
        Q(team__isnull=True) | Q(team__in=[pk for pk, _ in teams]) | Q(holder=colleague) | Exists(asked)
    )


def messages_visible_to(colleague: Colleague) -> QuerySet[Message]:
    return Message.objects.filter(conversation__in=conversations_visible_to(colleague))


def documents_visible_to(colleague: Colleague) -> QuerySet[Document]:
    return Document.objects.filter(conversation__in=conversations_visible_to(colleague))


def cases_visible_to(colleague: Colleague) -> QuerySet[Case]:
    return Case.objects.filter(conversation__in=conversations_visible_to(colleague))


def complaints_visible_to(colleague: Colleague) -> QuerySet[Complaint]:
    """Leads see the whole register; others their teams' complaints, their own, and those of conversations they see."""
    if sees_everything(colleague):
        return Complaint.objects.all()
    conversations = conversations_visible_to(colleague)
    mine = Q(owner=colleague) | Q(team__in=colleague.teams.all()) | Q(case__conversation__in=conversations)
    return Complaint.objects.filter(mine)


def asked_of(colleague: Colleague) -> list[str]:
    """Every grade up to the colleague's own, and the teams they are in: what an approval may be asked of."""
    grades = [grade for grade in Colleague.Grade.values if colleague.has_grade(grade)]
    return [*grades, *colleague.teams.values_list("name", flat=True)]


def approvals_visible_to(colleague: Colleague) -> QuerySet[Approval]:
    """Approvals that this colleague may decide: asked of their grade or below, or of their team."""
    if colleague.has_grade(Colleague.Grade.MANAGER):
        return Approval.objects.all()
    return Approval.objects.filter(
        asked_of__in=asked_of(colleague), conversation__in=conversations_visible_to(colleague)
    )


def received_visible_to(colleague: Colleague) -> QuerySet[Received]:
    """What could not be read belongs to no team yet; trainees do not look into it."""
    if not colleague.has_grade(Colleague.Grade.REPRESENTATIVE):
        return Received.objects.none()
    return Received.objects.all()
