"""What a colleague may see and decide. Every look-up at the desk goes through here."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from courtesy.channels.models import Received
from courtesy.commerce.models import ParcelEvent
from courtesy.conversations.models import Case, Complaint, Conversation, Document, Message, SideConversation
from courtesy.policy.models import Approval
from courtesy.workforce.delegating import company_day, grades_of
from courtesy.workforce.models import Colleague

ASKED = 500  # approvals that wait for a team or a lent grade, whose conversations stand in the lists


def sees_everything(colleague: Colleague) -> bool:
    return colleague.has_grade(Colleague.Grade.TEAM_LEAD)


def conversations_visible_to(colleague: Colleague) -> QuerySet[Conversation]:
    """Team leads and managers see all; others their own, their teams', those of no team, and those where one of their
    teams, or a grade that was delegated to them, is asked to decide something."""
    if sees_everything(colleague):
        return Conversation.objects.all()
    teams = list(colleague.teams.values_list("pk", "name"))
    lent = [grade for grade in grades_today(colleague) if not colleague.has_grade(grade)]
    names = [*(name for _, name in teams), *lent]
    asked = Approval.objects.filter(conversation=OuterRef("pk"), asked_of__in=names)
    return Conversation.objects.filter(
        Q(team__isnull=True) | Q(team__in=[pk for pk, _ in teams]) | Q(holder=colleague) | Exists(asked)
    )


def ranges_visible_to(colleague: Colleague) -> list[Q]:
    """The same conversations in parts, each of which is a range of an index: a list reads a page of each and merges.
    The parts may overlap."""
    if sees_everything(colleague):
        return [Q()]
    teams = list(colleague.teams.values_list("pk", "name"))
    lent = [grade for grade in grades_today(colleague) if not colleague.has_grade(grade)]
    asked = Approval.objects.filter(status=Approval.Status.WAITING, asked_of__in=[*(name for _, name in teams), *lent])
    waiting = list(asked.order_by("asked_at").values_list("conversation", flat=True)[:ASKED])
    named = [Q(team__isnull=True), *(Q(team=pk) for pk, _ in teams), Q(holder=colleague)]
    return [*named, Q(pk__in=waiting)] if waiting else named


def of_visible(colleague: Colleague) -> Q:
    """A condition on what belongs to a conversation: the colleague may see that one. It is asked row by row: a list of
    all conversations that may be seen is never made."""
    if sees_everything(colleague):
        return Q()
    return Q(Exists(conversations_visible_to(colleague).filter(pk=OuterRef("conversation"))))


def messages_visible_to(colleague: Colleague) -> QuerySet[Message]:
    return Message.objects.filter(of_visible(colleague))


def documents_visible_to(colleague: Colleague) -> QuerySet[Document]:
    return Document.objects.filter(of_visible(colleague))


def cases_visible_to(colleague: Colleague) -> QuerySet[Case]:
    return Case.objects.filter(of_visible(colleague))


def complaints_visible_to(colleague: Colleague) -> QuerySet[Complaint]:
    """Leads see the whole register; others their teams' complaints, their own, and those of conversations they see."""
    if sees_everything(colleague):
        return Complaint.objects.all()
    conversations = conversations_visible_to(colleague)
    mine = Q(owner=colleague) | Q(team__in=colleague.teams.all()) | Q(case__conversation__in=conversations)
    return Complaint.objects.filter(mine)


def sides_visible_to(colleague: Colleague) -> QuerySet[SideConversation]:
    """What was asked about conversations that this colleague sees, and what their own teams were asked."""
    if sees_everything(colleague):
        return SideConversation.objects.all()
    asked = Q(to__in=list(colleague.teams.values_list("name", flat=True)))
    return SideConversation.objects.filter(asked | Q(conversation__in=conversations_visible_to(colleague)))


def grades_today(colleague: Colleague) -> list[str]:
    """The grades this colleague decides with today, with those that somebody absent has given them."""
    return grades_of(colleague, company_day(timezone.now()))


def asked_of(colleague: Colleague) -> list[str]:
    """Every grade up to the colleague's own or one delegated to them, and their teams: what an approval is asked of."""
    return [*grades_today(colleague), *colleague.teams.values_list("name", flat=True)]


def approvals_visible_to(colleague: Colleague) -> QuerySet[Approval]:
    """Approvals that this colleague may look at: asked of their grade or below, own or delegated, or of their team."""
    if Colleague.Grade.MANAGER in grades_today(colleague):
        return Approval.objects.all()
    return Approval.objects.filter(of_visible(colleague), asked_of__in=asked_of(colleague))


def parcel_events_visible_to(colleague: Colleague) -> QuerySet[ParcelEvent]:
    """Reports of carriers that could not be taken in; as with mail, trainees do not look into them."""
    held = ParcelEvent.objects.filter(outcome=ParcelEvent.Outcome.QUARANTINED)
    return held if colleague.has_grade(Colleague.Grade.REPRESENTATIVE) else held.none()


def received_visible_to(colleague: Colleague) -> QuerySet[Received]:
    """What could not be read belongs to no team yet; trainees do not look into it."""
    if not colleague.has_grade(Colleague.Grade.REPRESENTATIVE):
        return Received.objects.none()
    return Received.objects.all()
