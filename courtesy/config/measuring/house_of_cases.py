"""A house of many cases, made by a seed: customers, conversations of ten messages, promises and the word index.

Rows go in by the thousand, past the verbs that a conversation is kept by: for measuring pages, never for use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from courtesy.conversations import journal
from courtesy.conversations.models import Case, Conversation, Counter, JournalEntry, Message, Promise
from courtesy.customers.models import ContactPoint, Customer
from courtesy.foundation.models import Indexed
from courtesy.foundation.search import index
from courtesy.language.search_terms import terms
from courtesy.workforce.models import Colleague, Team

MESSAGES = 10  # of each case
RARE, COMMON = "marmalade", "order"
RARE_ONES = 20  # messages with the rare word, however many there are
_BATCH = 2_000
_TEAMS, _COLLEAGUES = 6, 40
_SENTENCES = (
    ("en", "Where is my order? It should have been here on Monday."),
    ("en", "I would like to return the tent, the zip is broken."),
    ("en", "Your order has left our house and arrives within two days."),
    ("en", "Thank you for writing. I have looked at it and will call you back."),
    ("en", "The invoice shows another amount than the order confirmation."),
    ("en", "Can you send it to my neighbour instead?"),
    ("es", "¿Dónde está mi pedido? Quería recibirlo antes del viernes."),
    ("es", "Hemos registrado su devolución y recibirá el importe en cinco días."),
    ("zh", "我的订单什么时候到？我想换一个尺寸。"),
    ("zh", "您的退货已经登记，退款会在五天内到账。"),
)
_NAMES = ("Ana", "Tom", "Mei", "Iker", "Noor", "Lena", "Hugo", "Sara", "Yusuf", "Ines", "Olga", "Pablo")
_FAMILIES = ("Ruiz", "Byrne", "Chen", "Lasa", "Haddad", "Vogel", "Martin", "Costa", "Demir", "Silva", "Novak", "Prieto")
Tell = Callable[[int], None]


class Rows:
    """Rows of one table, written by the thousand: the columns of the model, with its defaults."""

    def __init__(self, model: type[Model]) -> None:
        self._fields = list(model._meta.concrete_fields)
        self._places = {str(field.column): place for place, field in enumerate(self._fields)}
        self._plain = [self._prepared(field, field.get_default()) for field in self._fields]
        quote = connection.ops.quote_name
        names = ", ".join(quote(str(field.column)) for field in self._fields)
        marks = ", ".join(["%s"] * len(self._fields))
        self._sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
        self._waiting: list[list[Any]] = []

    @staticmethod
    def _prepared(field: Any, value: Any) -> Any:
        return field.get_db_prep_save(value, connection) if value is not None else None

    def add(self, **columns: Any) -> None:
        row = self._plain.copy()
        for name, value in columns.items():
            moment = isinstance(value, datetime)
            row[self._places[name]] = connection.ops.adapt_datetimefield_value(value) if moment else value
        self._waiting.append(row)

    def write(self) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self._sql, self._waiting)
        self._waiting.clear()


class House:
    """Fills an empty database. The same ``seed`` makes the same house."""

    def __init__(self, cases: int, at: datetime, seed: int = 1) -> None:
        self.cases, self.at, self.random = cases, at, Random(seed)
        self.tables = {
            model: Rows(model) for model in (Customer, ContactPoint, Conversation, Message, Case, Promise, Indexed)
        }
        self.found: dict[str, list[tuple[int, str]]] = {shelf: [] for shelf in index.SHELVES}
        self.lines: list[tuple[str, str, datetime]] = []
        self.number = 0  # of what is in the word index
        self.words = [self._word() for _ in range(4_000)]
        self.rare = set(self.random.sample(range(cases * MESSAGES), min(RARE_ONES, cases)))
        self._of_sentence: dict[int, str] = {}

    def fill(self, tell: Tell) -> None:
        self.teams = [Team.objects.create(name=f"Team {number}") for number in range(_TEAMS)]
        self.people = [
            Colleague.objects.create(
                id=f"col_{number:026d}", email=f"c{number}@measure.example", name=f"Colleague {number}"
            )
            for number in range(_COLLEAGUES)
        ]
        for number, colleague in enumerate(self.people):
            self.teams[number % _TEAMS].members.add(colleague)
        numbers = iter(range(self.cases))
        while batch := list(islice(numbers, _BATCH)):
            with transaction.atomic():
                for number in batch:
                    self._case(number)
                self._write()
            tell(batch[-1] + 1)
        self._journal()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _word(self) -> str:
        return "".join(self.random.choice("bdfgklmnprst") + self.random.choice("aeiou") for _ in range(3))

    def _case(self, number: int) -> None:
        random = self.random
        customer = f"cus_{number // 2:026d}"
        if number % 2 == 0:
            self._customer(customer, number)
        opened = self.at - timedelta(minutes=(self.cases - number) * 3)
        moved = opened + timedelta(minutes=40)
        state = random.random()
        status = "open" if state < 0.08 else "waiting" if state < 0.15 else "closed"
        language = _SENTENCES[number % len(_SENTENCES)][0]
        conversation = f"cnv_{number:026d}"
        kind = "question" if number % 40 == 0 else "complaint" if number % 50 == 1 else "request"
        team, holder = self.teams[number % _TEAMS], self.people[number % _COLLEAGUES]
        due = moved + timedelta(hours=random.randint(-40, 200)) if status == "open" and state < 0.03 else None
        self.tables[Conversation].add(
            id=conversation, secret=f"{number:x}", channel="email" if number % 3 else "chat",
            line="mail:service@measure.example" if number % 3 else "chat", customer_id=customer, language=language,
            subject="About my order" if number % 3 else "", status=status, message_count=MESSAGES,
            speaker="colleague" if state < 0.10 else "representative", team_id=team.pk,
            holder_id=holder.pk if state < 0.05 or state > 0.6 else None,
            opened_at=opened, moved_at=moved, due_at=due, breaks_at=due,
            closed_at=moved if status == "closed" else None,
        )  # fmt: skip
        self.tables[Case].add(
            number=f"S26-{number:06d}", conversation_id=conversation, customer_id=customer, kind=kind,
            title="A question about an order", status="open" if status == "open" else "solved", opened_at=opened,
        )  # fmt: skip
        if due and number % 2:
            self.tables[Promise].add(
                conversation_id=conversation, what="call back", team_id=team.pk, key=conversation, made_at=opened,
                due_at=due,
            )  # fmt: skip
        self.lines.append((conversation, "case opened", opened))
        self.lines.append((conversation, "taken over", moved))
        for sequence in range(1, MESSAGES + 1):
            self._message(number, conversation, sequence, opened + timedelta(minutes=4 * (sequence - 1)))

    def _customer(self, customer: str, number: int) -> None:
        name = f"{_NAMES[number % 12]} {_FAMILIES[number // 12 % 12]}"
        address = f"person{number}@measure.example"
        self.tables[Customer].add(id=customer, name=name, language="en", created_at=self.at, seen_at=self.at)
        self.tables[ContactPoint].add(customer_id=customer, kind="e-mail", value=address)
        self._file(index.PEOPLE, customer, " ".join(terms(f"{name}\n{address}")))

    def _message(self, number: int, conversation: str, sequence: int, at: datetime) -> None:
        random = self.random
        which = random.randrange(len(_SENTENCES))
        language, sentence = _SENTENCES[which]
        written = [self.words[min(3_999, int(random.paretovariate(0.9)))] for _ in range(5)]
        if number * MESSAGES + sequence - 1 in self.rare:
            written.append(RARE)
        message = f"msg_{number * MESSAGES + sequence:026d}"
        customers = sequence % 2 == 1
        self.tables[Message].add(
            id=message, conversation_id=conversation, sequence=sequence, text=f"{sentence} {' '.join(written)}",
            author="customer" if customers else "representative", language=language, line="chat", provider_id=message,
            delivery="received" if customers else "sent", answered_at=at if customers else None, at=at,
        )  # fmt: skip
        if which not in self._of_sentence:
            self._of_sentence[which] = " ".join(terms(sentence, language))
        self._file(index.MESSAGES, message, f"{self._of_sentence[which]} {' '.join(set(written))}")

    def _file(self, shelf: str, key: str, words: str) -> None:
        self.number += 1
        self.tables[Indexed].add(id=self.number, shelf=shelf, key=key)
        self.found[shelf].append((self.number, words))

    def _write(self) -> None:
        for rows in self.tables.values():
            rows.write()
        for shelf, texts in self.found.items():
            index.keeper().put_many(shelf, texts)
            texts.clear()

    def _journal(self) -> None:
        """Two lines of each conversation, in one whole chain."""

        def entries() -> Iterator[JournalEntry]:
            previous = journal.FIRST
            for sequence, (conversation, kind, at) in enumerate(self.lines, 1):
                entry = JournalEntry(
                    sequence=sequence, conversation=conversation, kind=kind, actor=self.people[0].pk,
                    content={"case": "S26", "title": "A question", "by": "No. 0"}, at=at, previous=previous,
                )  # fmt: skip
                previous = entry.digest = journal.digest_of(entry)
                yield entry

        written = entries()
        with transaction.atomic():
            while batch := list(islice(written, _BATCH)):
                JournalEntry.objects.bulk_create(batch)
            Counter.objects.update_or_create(name=journal.COUNTER, defaults={"value": len(self.lines)})
