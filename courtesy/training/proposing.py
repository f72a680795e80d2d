"""Proposing: a colleague's correction becomes a proposal, with personal details masked. Nothing is learned by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from courtesy.conversations import journal
from courtesy.conversations.models import Conversation, Message
from courtesy.language.anonymous import anonymous
from courtesy.pack.model import Pack
from courtesy.training.models import OPEN, Proposal
from courtesy.workforce.models import Colleague

Kind, About, State = Proposal.Kind, Proposal.About, Proposal.State
LONGEST = 1_000  # characters of a sentence
LONGEST_ARTICLE = 20_000
MOST_QUESTIONS = 12


class EmptyError(ValueError):
    """There is nothing in it to learn from."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who proposes, when, and what it came from."""

    by: Colleague | None
    at: datetime
    message: Message | None = None
    conversation: Conversation | None = None


def propose_procedure(
    pack: Pack, sentence: str, procedure: str, language: str, source: Source, *, instead_of: str = ""
) -> Proposal:
    """ "This was about …": an example for a procedure, or, with none, a sentence that is nobody's business."""
    if procedure and procedure not in pack.procedures:
        raise LookupError(f"there is no procedure {procedure!r}")
    kind = Kind.EXAMPLE if procedure else Kind.COUNTER_EXAMPLE
    return _propose(pack, kind, About.PROCEDURE, procedure, language, sentence, source, instead_of=instead_of)


def propose_question(
    pack: Pack, question: str, article: str, language: str, source: Source, *, answers: bool, instead_of: str = ""
) -> Proposal:
    """ "The right answer is …": a question that an article answers; ``answers`` False: one that it does not."""
    if not any(one.id == article and one.language == language for one in pack.articles):
        raise LookupError(f"there is no article {article!r} in {language!r}")
    kind = Kind.EXAMPLE if answers else Kind.COUNTER_EXAMPLE
    return _propose(pack, kind, About.ARTICLE, article, language, question, source, instead_of=instead_of)


def propose_article(
    pack: Pack, title: str, body: str, questions: Sequence[str], language: str, source: Source
) -> Proposal:
    """A new article with the questions it answers; its words can be changed until it is taken."""
    return _propose(
        pack, Kind.ARTICLE, About.ARTICLE, "", language, body, source, title=title, questions=tuple(questions)
    )


@transaction.atomic
def change(proposal: Proposal, pack: Pack, *, text: str, title: str = "", questions: Sequence[str] = ()) -> Proposal:
    """Other words for a proposal that was not decided yet; what was tested must be tested again."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state not in (State.PROPOSED, State.TESTED):
        raise ValueError("this proposal cannot be changed any more")
    _write(proposal, pack, text, title, questions)
    proposal.state, proposal.report, proposal.edition, proposal.progress = State.PROPOSED, {}, "", 0
    proposal.save()
    return proposal


def _propose(
    pack: Pack,
    kind: str,
    about: str,
    target: str,
    language: str,
    text: str,
    source: Source,
    *,
    instead_of: str = "",
    title: str = "",
    questions: Sequence[str] = (),
) -> Proposal:
    """The proposal; the one that is there already when the same was proposed before and not refused or undone."""
    if language not in pack.company.languages:
        raise LookupError(f"the company does not speak {language!r}")
    message = source.message
    made = Proposal(
        kind=kind,
        about=about,
        target=target,
        instead_of=instead_of if instead_of != target else "",
        language=language,
        message=message,
        conversation=source.conversation or (message.conversation if message else None),
        proposed_by=source.by,
        proposed_at=source.at,
    )
    _write(made, pack, text, title, questions)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            note("lesson proposed", made, source.by, source.at)
    except IntegrityError:
        return Proposal.objects.get(key=made.key, state__in=(*OPEN, State.TAKEN))
    return made


def _write(proposal: Proposal, pack: Pack, text: str, title: str, questions: Sequence[str]) -> None:
    """The words, masked, and the digest of what is taught."""
    pattern = pack.company.order_number_pattern
    article = proposal.kind == Kind.ARTICLE

    def masked(written: str, longest: int, *, lines: bool = False) -> str:
        return anonymous(written[: 2 * longest], proposal.language, order_number_pattern=pattern, lines=lines)[:longest]

    proposal.text = masked(text, LONGEST_ARTICLE if article else LONGEST, lines=article)
    proposal.title = masked(title, 160)
    asked = [masked(one, LONGEST) for one in questions]
    proposal.questions = list(dict.fromkeys(one for one in asked if any(letter.isalpha() for letter in one)))
    del proposal.questions[MOST_QUESTIONS:]
    if article and not proposal.title:
        raise EmptyError("give the article a title")
    if not article and not any(letter.isalpha() for letter in proposal.text):
        raise EmptyError("there are no words in it to learn from")
    taught = [proposal.kind, proposal.about, proposal.target, proposal.language, proposal.text.casefold()]
    taught += [proposal.title, *proposal.questions] if article else []
    proposal.key = hashlib.sha256(json.dumps(taught).encode()).hexdigest()


def note(kind: str, proposal: Proposal, by: Colleague | None, at: datetime, **more: str) -> None:
    """A line of the journal about a proposal."""
    content = {
        "proposal": proposal.pk,
        "what": proposal.kind,
        "target": proposal.target,
        "language": proposal.language,
        "text": proposal.title or proposal.text[:200],
        **more,
    }
    journal.write(
        kind,
        actor=by.pk if by else "system",
        at=at,
        conversation=proposal.conversation_id or "",
        content=content,
    )
