"""Conversations, messages, cases, promises, documents and the journal."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from courtesy.conversations.obligations import Clock as Clock
from courtesy.conversations.obligations import ClockPause as ClockPause
from courtesy.conversations.obligations import Complaint as Complaint
from courtesy.conversations.obligations import Difficulty as Difficulty
from courtesy.conversations.obligations import Escalation as Escalation
from courtesy.conversations.sides import SideConversation as SideConversation
from courtesy.conversations.sides import SideMessage as SideMessage
from courtesy.conversations.troubles import Incident as Incident
from courtesy.conversations.troubles import Report as Report
from courtesy.conversations.troubles import Suspicion as Suspicion
from courtesy.conversations.troubles import Told as Told
from courtesy.customers.models import Customer
from courtesy.foundation.identifiers import new_id, new_secret
from courtesy.workforce.models import Colleague, Team


def new_conversation_id() -> str:
    return new_id("cnv")


def new_message_id() -> str:
    return new_id("msg")


def new_document_id() -> str:
    return new_id("doc")


class Tag(models.Model):
    """A word that colleagues put on conversations."""

    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class Conversation(models.Model):
    """A talk with one customer over one line. Exactly one speaker answers: the representative or a colleague."""

    class Status(models.TextChoices):
        OPEN = "open"  # somebody of ours should act
        WAITING = "waiting"  # for the customer
        CLOSED = "closed"

    class Speaker(models.TextChoices):
        REPRESENTATIVE = "representative"
        COLLEAGUE = "colleague"

    id = models.CharField(primary_key=True, max_length=40, default=new_conversation_id, editable=False)
    secret = models.CharField(max_length=64, default=new_secret, editable=False)  # digest of the chat's key
    channel = models.CharField(max_length=20)  # kind: "chat", "email"
    line = models.CharField(max_length=120)  # which of ours: "chat", "mail:service@example.com"
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="conversations")
    reply_to = models.CharField(max_length=320, default="", blank=True)  # where replies go, for mail
    subject = models.CharField(max_length=300, default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    speaker = models.CharField(max_length=20, choices=Speaker, default=Speaker.REPRESENTATIVE)
    holder = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="held")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations")
    urgent = models.BooleanField(default=False)
    identity = models.CharField(max_length=20, default="unknown")  # pack.vocabulary.IDENTITY_LEVELS
    identity_order = models.CharField(max_length=40, default="", blank=True)  # the order that "order matched" is for
    dialogue = models.JSONField(default=dict, blank=True)  # the representative's memory; only that room reads it
    version = models.PositiveIntegerField(default=0)  # grows with every message and change of hands
    message_count = models.PositiveIntegerField(default=0)
    summary = models.TextField(default="", blank=True)  # written at hand-over
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField()  # last message or change of hands; orders the inbox
    due_at = models.DateTimeField(null=True, blank=True)  # when a person's answer is due
    breaks_at = models.DateTimeField(null=True, blank=True)  # the first of all that is owed here; see breaking.py
    snoozed_until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    wrap_up = models.CharField(max_length=40, default="", blank=True)  # code with which it was closed last
    tags = models.ManyToManyField(Tag, related_name="conversations", blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("status", "-moved_at", "id"), name="conversation_inbox"),
            models.Index(fields=("holder", "status", "-moved_at"), name="conversation_mine"),
            models.Index(fields=("speaker", "status", "-moved_at"), name="conversation_speaker"),
            models.Index(fields=("team", "status", "-moved_at", "id"), name="conversation_team"),
            models.Index(
                fields=("speaker", "status", "-moved_at", "id"),
                name="conversation_free",
                condition=models.Q(holder__isnull=True),
            ),
            models.Index(
                fields=("status", "breaks_at", "id"),
                name="conversation_breaks",
                condition=models.Q(breaks_at__isnull=False),
            ),
            models.Index(
                fields=("team", "status", "breaks_at", "id"),
                name="conversation_team_breaks",
                condition=models.Q(breaks_at__isnull=False),
            ),
            models.Index(
                fields=("snoozed_until",), name="conversation_snoozed", condition=models.Q(snoozed_until__isnull=False)
            ),
            models.Index(fields=("due_at",), name="conversation_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=("customer", "-moved_at"), name="conversation_customer"),
            models.Index(fields=("identity_order",), name="conversation_order"),
            models.Index(
                fields=("wrap_up", "-moved_at", "id"), name="conversation_wrap_up", condition=~models.Q(wrap_up="")
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.id


class Message(models.Model):
    """Something said, by anyone. ``sequence`` counts from 1 within the conversation."""

    class Author(models.TextChoices):
        CUSTOMER = "customer"
        REPRESENTATIVE = "representative"
        COLLEAGUE = "colleague"
        SYSTEM = "system"  # a line such as "Ana has joined"

    class Delivery(models.TextChoices):
        RECEIVED = "received"  # inbound
        QUEUED = "queued"
        SENT = "sent"
        DELIVERED = "delivered"
        READ = "read"
        FAILED = "failed"

    id = models.CharField(primary_key=True, max_length=40, default=new_message_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    sequence = models.PositiveIntegerField()
    author = models.CharField(max_length=20, choices=Author)
    colleague = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    internal = models.BooleanField(default=False)  # a note: never leaves the house
    text = models.TextField()
    quoted = models.TextField(default="", blank=True)  # quoted text and signature, kept apart
    html = models.TextField(default="", blank=True)  # made safe
    language = models.CharField(max_length=8, default="", blank=True)
    choices = models.JSONField(default=list, blank=True)  # offered: [{"value": …, "label": …}]
    sources = models.JSONField(default=list, blank=True)  # cited: [{"title": …, "url": …, "article": …, "date": …}]
    line = models.CharField(max_length=120, default="", blank=True)
    provider_id = models.CharField(max_length=300, null=True, blank=True)  # Message-ID, client id …; never empty text
    answers = models.CharField(max_length=200, null=True, blank=True, unique=True)  # key that makes a reply unique
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.RECEIVED)
    answered_at = models.DateTimeField(null=True, blank=True)  # inbound: when its turn was taken
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("conversation", "sequence"), name="message_sequence"),
            models.UniqueConstraint(fields=("line", "provider_id"), name="message_provider_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=("at",), name="message_unanswered", condition=models.Q(author="customer", answered_at=None)
            ),
            models.Index(
                fields=("conversation", "sequence"),
                name="message_turn",  # what the next turn answers, however long the talk has been
                condition=models.Q(author="customer", answered_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"


class Event(models.Model):
    """What a live client may read of a conversation, in order: ``id`` grows, so "events since N" is one index range.

    ``kind``: message, delivery, typing, state. Events marked ``internal`` are for the desk only."""

    id = models.BigAutoField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    content = models.JSONField(default=dict)
    internal = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("conversation", "id"), name="event_since")]


class Case(models.Model):
    """A matter with a number: a question, a request or a complaint. A conversation may hold several."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        REQUEST = "request"
        COMPLAINT = "complaint"

    class Status(models.TextChoices):
        OPEN = "open"
        WAITING = "waiting"  # for an approval, a colleague, the customer
        SOLVED = "solved"
        DROPPED = "dropped"

    number = models.CharField(max_length=20, unique=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="cases")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=20, choices=Kind)
    procedure = models.CharField(max_length=120, default="", blank=True)
    title = models.CharField(max_length=300)
    task = models.CharField(max_length=40, default="", blank=True, db_index=True)  # the representative's task id
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    details = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("kind", "status", "opened_at"), name="case_open")]

    def __str__(self) -> str:
        return self.number


class Counter(models.Model):
    """A number that grows by one under lock, for case and document numbers without gaps."""

    name = models.CharField(primary_key=True, max_length=60)
    value = models.BigIntegerField(default=0)


class Promise(models.Model):
    """Something owed to a customer, with an owner and a date; kept, or flagged when it is late."""

    class Status(models.TextChoices):
        OPEN = "open"
        KEPT = "kept"
        LATE = "late"
        WITHDRAWN = "withdrawn"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="promises")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="promises")
    what = models.CharField(max_length=300)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="promises")
    owner = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="promises")
    key = models.CharField(max_length=200, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("status", "due_at"), name="promise_due")]


class Document(models.Model):
    """A file that came in or went out, kept byte for byte under its SHA-256 in the data folder."""

    id = models.CharField(primary_key=True, max_length=40, default=new_document_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="documents")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    ours = models.BooleanField(default=False)  # made by us (an invoice), not received
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class JournalEntry(models.Model):
    """One line of the append-only journal. ``digest`` = SHA-256 over the previous digest and this line's content."""

    sequence = models.BigIntegerField(primary_key=True)
    conversation = models.CharField(max_length=40, default="", blank=True, db_index=True)
    kind = models.CharField(max_length=60)
    actor = models.CharField(max_length=80)  # "representative", "customer", colleague id, "system"
    content = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("kind", "at"), name="journal_kind")]


DOCUMENTS_FOLDER = "documents"


def documents_root() -> str:
    return str(settings.COURTESY_DATA / DOCUMENTS_FOLDER)
